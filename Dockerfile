# Sluice.Server, as docs/containers.md runs it. What is in the image and in Sluice.Server.csproj (for dotnet publish without Docker) is held
# equal by tests/Repository.Tests.
FROM --platform=$BUILDPLATFORM node:22-bookworm-slim AS page
WORKDIR /page
COPY src/Sluice.UploadPage/page/package.json src/Sluice.UploadPage/page/package-lock.json ./
RUN npm ci --ignore-scripts --no-bin-links --no-audit --no-fund
COPY src/Sluice.UploadPage/page/ ./
RUN node compose.mjs

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TARGETARCH
WORKDIR /source

# Packages first, so that a changed source file does not download them again.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig ./
COPY src/Worker.props src/Package.props src/BannedSymbols.txt src/
COPY src/Sluice/buildTransitive/Sluice.props src/Sluice/buildTransitive/
COPY src/Sluice/Sluice.csproj src/Sluice/
COPY src/Sluice.AspNetCore/Sluice.AspNetCore.csproj src/Sluice.AspNetCore/
COPY src/Sluice.Ed25519/Sluice.Ed25519.csproj src/Sluice.Ed25519/
COPY src/Sluice.Events/Sluice.Events.csproj src/Sluice.Events/
COPY src/Sluice.Telemetry/Sluice.Telemetry.csproj src/Sluice.Telemetry/
COPY src/Sluice.UploadPage/Sluice.UploadPage.csproj src/Sluice.UploadPage/
COPY src/Sluice.UploadPage/page/UploadPage.targets src/Sluice.UploadPage/page/
COPY src/Sluice.Server/Sluice.Server.csproj src/Sluice.Server/packages.linux-x64.lock.json src/Sluice.Server/packages.linux-arm64.lock.json src/Sluice.Server/
RUN dotnet restore src/Sluice.Server -p:Configuration=Release -a $TARGETARCH -p:RestoreLockedMode=true

COPY docs/openapi.json docs/
COPY src/Sluice/ src/Sluice/
COPY src/Sluice.AspNetCore/ src/Sluice.AspNetCore/
COPY src/Sluice.Ed25519/ src/Sluice.Ed25519/
COPY src/Sluice.Events/ src/Sluice.Events/
COPY src/Sluice.Telemetry/ src/Sluice.Telemetry/
COPY src/Sluice.UploadPage/ src/Sluice.UploadPage/
COPY src/Sluice.Server/ src/Sluice.Server/
COPY --from=page /page/upload.html /page/upload.headers /page/
ARG VERSION=0.0.0
RUN dotnet publish src/Sluice.Server -c Release -a $TARGETARCH --no-restore -o /app -p:Version=$VERSION -p:UploadPageFolder=/page

# Chiseled: no shell, no package manager, and an unprivileged user of its own, 1654.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
LABEL org.opencontainers.image.title="Sluice" \
      org.opencontainers.image.description="Kestrel host of the Sluice endpoints." \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY --from=build /app .
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
USER $APP_UID
# A process of its own each time: some 45 MiB for a fifth of a second. Where the platform asks by HTTP (Kubernetes, Container Apps), it
# does not run. The start period covers the warm-up before the port opens.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --start-interval=1s --retries=3 \
    CMD ["dotnet", "Sluice.Server.dll", "health"]
ENTRYPOINT ["dotnet", "Sluice.Server.dll"]
