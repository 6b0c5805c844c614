# A static program and nothing else:
#
#   docker build -t factcheck .
#   docker run --rm --volume "$PWD:/work" factcheck claims/
FROM rust:1.95-alpine AS build
WORKDIR /source
COPY . .
RUN cargo build --release --locked

FROM scratch
COPY --from=build /source/target/release/factcheck /factcheck
WORKDIR /work
ENTRYPOINT ["/factcheck"]
