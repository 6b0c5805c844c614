"""Makes the spreadsheets in this folder, the same table in each format: pip install openpyxl==3.1.5 xlwt==1.3.0 odfpy==1.4.1

No program computes formulas here: the values of cells stand in the files as a processor leaves them (0.1 + 0.2).
"""

import datetime
from pathlib import Path

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P

HERE = Path(__file__).parent
TITLE = "Table 1. Visits and loans"
# Branch, day of opening, visits and share of 2024, visits and share of 2025.
ROWS = [
    ("Harbour", datetime.date(1998, 3, 1), 41250, 0.1 + 0.2, 43310, 0.125),
    ("Market", datetime.date(2004, 12, 31), "12,301*", 0.0555, 11980, 0.0725),
    ("Old Town", datetime.date(2019, 6, 15), 9400.5, 0.25, "n/a", 0.5),
]
HIDDEN = "Market"


def xlsx():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Visits"
    sheet["A1"] = TITLE
    sheet.merge_cells("A1:F1")
    sheet["A2"] = "Persons & loans"
    for cell, text in [("A4", "Branch"), ("B4", "Opened"), ("C4", 2024), ("E4", "2025 (to\nJune)")]:
        sheet[cell] = text
    for cells in ["A4:A5", "B4:B5", "C4:D4", "E4:F4"]:
        sheet.merge_cells(cells)
    for column, name in zip("CDEF", ["Visits", "Share", "Visits", "Share"]):
        sheet[f"{column}5"] = name
    for number, row in enumerate(ROWS, 6):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            if column == 2:
                cell.number_format = "d mmm yyyy"
            if column in (4, 6):
                cell.number_format = "0.0%"
        sheet.row_dimensions[number].hidden = row[0] == HIDDEN
    sheet.column_dimensions["D"].hidden = True
    sheet["A9"] = "Open"
    sheet["C9"] = True
    sheet["E9"] = "#DIV/0!"
    sheet["E9"].data_type = "e"
    summary = book.create_sheet("Summary")
    summary.sheet_state = "hidden"
    summary["C7"] = 61234
    summary["C7"].number_format = '[$€-407]#,##0'
    book.save(HERE / "visits.xlsx")


def xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Visits")
    date, percent = xlwt.easyxf(num_format_str="D MMM YYYY"), xlwt.easyxf(num_format_str="0.0%")
    sheet.write_merge(0, 0, 0, 5, TITLE)
    sheet.write(1, 0, "Persons & loans")
    sheet.write_merge(3, 4, 0, 0, "Branch")
    sheet.write_merge(3, 4, 1, 1, "Opened")
    sheet.write_merge(3, 3, 2, 3, 2024)
    sheet.write_merge(3, 3, 4, 5, "2025 (to\nJune)")
    for column, name in zip(range(2, 6), ["Visits", "Share", "Visits", "Share"]):
        sheet.write(4, column, name)
    for number, row in enumerate(ROWS, 5):
        for column, value in enumerate(row):
            style = {1: date, 3: percent, 5: percent}.get(column, xlwt.Style.default_style)
            sheet.write(number, column, value, style)
        sheet.row(number).hidden = row[0] == HIDDEN
    sheet.col(3).hidden = True
    sheet.write(8, 0, "Open")
    sheet.write(8, 2, True)
    sheet.row(8).set_cell_error(4, "#DIV/0!")
    summary = book.add_sheet("Summary")
    summary.visibility = 1
    summary.write(6, 2, 61234, xlwt.easyxf(num_format_str="[$€-407]#,##0"))
    book.save(str(HERE / "visits.xls"))


def ods():
    book = OpenDocumentSpreadsheet()
    hidden = Style(name="hidden", family="table")
    hidden.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(hidden)

    def cell(value, kind=None, **attributes):
        if isinstance(value, bool):
            made = TableCell(valuetype="boolean", booleanvalue=str(value).lower(), **attributes)
        elif isinstance(value, datetime.date):
            made = TableCell(valuetype="date", datevalue=value.isoformat(), **attributes)
        elif isinstance(value, (int, float)):
            made = TableCell(valuetype=kind or "float", value=repr(value), **attributes)
        else:
            made = TableCell(valuetype="string", **attributes)
        for line in str(value).split("\n"):
            made.addElement(P(text=line))
        return made

    def row(cells, **attributes):
        made = TableRow(**attributes)
        for it in cells:
            made.addElement(it)
        table.addElement(made)

    table = Table(name="Visits")
    table.addElement(TableColumn(numbercolumnsrepeated=3))
    table.addElement(TableColumn(visibility="collapse"))
    table.addElement(TableColumn(numbercolumnsrepeated=2))
    row([cell(TITLE, numbercolumnsspanned=6), CoveredTableCell(numbercolumnsrepeated=5)])
    row([cell("Persons & loans")])
    row([TableCell(numbercolumnsrepeated=6)])
    row([
        cell("Branch", numberrowsspanned=2), cell("Opened", numberrowsspanned=2),
        cell(2024, numbercolumnsspanned=2), CoveredTableCell(),
        cell("2025 (to\nJune)", numbercolumnsspanned=2), CoveredTableCell(),
    ])
    row([CoveredTableCell(numbercolumnsrepeated=2)] + [cell(name) for name in ["Visits", "Share", "Visits", "Share"]])
    for values in ROWS:
        attributes = {"visibility": "filter"} if values[0] == HIDDEN else {}
        kinds = [None, None, None, "percentage", None, "percentage"]
        row([cell(value, kind) for value, kind in zip(values, kinds)], **attributes)
    row([cell("Open"), TableCell(), cell(True), TableCell(), cell("#DIV/0!")])
    row([TableCell(numbercolumnsrepeated=16384)], numberrowsrepeated=1048567)
    book.spreadsheet.addElement(table)
    table = Table(name="Summary", stylename=hidden)
    row([TableCell()], numberrowsrepeated=6)
    row([TableCell(numbercolumnsrepeated=2), cell(61234, "currency", currency="EUR")])
    book.spreadsheet.addElement(table)
    book.save(str(HERE / "visits.ods"))


xlsx()
xls()
ods()
