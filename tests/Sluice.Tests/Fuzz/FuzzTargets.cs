using Sluice.Tests.Fuzz.Targets;

namespace Sluice.Tests.Fuzz;

/// <summary>Every parser that takes text or bytes of a stranger, of storage, or of the settings.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        StructuredFields.Dictionary,
        StructuredFields.Item,
        DigestFields.Declared,
        DigestFields.One,
        DigestFields.Wanted,
        .. Signatures.All,
        Chains.Id,
        Chains.All,
        Chains.List,
        UploadUrls.Sealed,
        UploadUrls.Ticket,
        Names.Blob,
        Names.Container,
        Names.Part,
        Names.Event,
        Names.Template,
        Logs.Text,
        Logs.Short,
        MediaTypes.Field,
        Patterns.Path,
        Patterns.Compiled,
        Patterns.Pointer,
        Patterns.MediaType,
        Bodies.Json,
        Bodies.Sniffed,
        Relayed.Path,
        StorageAnswers.Error,
        Conditions.Read,
        Conditions.Write,
        TusRequests.Metadata,
        TusRequests.Creation,
        TusRequests.CreationByHttp,
        TusRequests.Patch,
        Forms.Boundary,
        Forms.Disposition,
        Forms.Body,
        Headers.Forwarded,
        Headers.Query,
        Headers.Text,
        Headers.Value,
        Headers.Hook,
        Headers.Address,
        Headers.Location,
        Browsers.Policies,
        Browsers.Answers,
    ];
}
