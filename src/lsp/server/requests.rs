//! Requests, each answered by the module that it is about.

use std::io::{self, Write};

use lsp_types::request::{
    CodeActionRequest, CodeLensRequest, Completion, DocumentSymbolRequest, GotoDefinition, HoverRequest,
    InlayHintRequest, References, Request,
};
use serde_json::Value;

use super::Session;
use crate::lsp::newsroom::Newsroom;
use crate::lsp::options::Wishes;
use crate::lsp::wire::{Code, Outbox};
use crate::lsp::{actions, completion, definition, hints, hover, lenses, references, symbols};

impl Session<'_> {
    pub(super) fn answer<W: Write>(
        &mut self,
        out: &mut Outbox<W>,
        id: &Value,
        method: &str,
        params: Value,
    ) -> io::Result<()> {
        match method {
            HoverRequest::METHOD => self.on::<HoverRequest, W>(out, id, params, hover::hover),
            GotoDefinition::METHOD => self.on::<GotoDefinition, W>(out, id, params, definition::definition),
            References::METHOD => self.on::<References, W>(out, id, params, references::references),
            DocumentSymbolRequest::METHOD => {
                self.on::<DocumentSymbolRequest, W>(out, id, params, symbols::symbols)
            }
            CodeLensRequest::METHOD => self.on::<CodeLensRequest, W>(out, id, params, lenses::lenses),
            InlayHintRequest::METHOD => self.on::<InlayHintRequest, W>(out, id, params, hints::hints),
            CodeActionRequest::METHOD => self.on::<CodeActionRequest, W>(out, id, params, actions::actions),
            Completion::METHOD => self.on::<Completion, W>(out, id, params, completion::completion),
            _ => out.refuse(id, Code::MethodNotFound, &format!("no method {method:?}")),
        }
    }

    fn on<R: Request, W: Write>(
        &mut self,
        out: &mut Outbox<W>,
        id: &Value,
        params: Value,
        handle: fn(&mut Newsroom<'_>, &Wishes, &R::Params) -> R::Result,
    ) -> io::Result<()> {
        match serde_json::from_value(params) {
            Ok(params) => out.answer(id, handle(&mut self.newsroom, &self.wishes, &params)),
            Err(error) => out.refuse(id, Code::InvalidParams, &error.to_string()),
        }
    }
}
