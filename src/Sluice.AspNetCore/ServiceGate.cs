using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore.Policies;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>The policy service decides (<see cref="PolicyOptions"/>), in the terms of an <see cref="UploadDecision"/>.</summary>
internal sealed class ServiceGate(
    HttpRequest request, UploadKind kind, PolicyClient client, PolicyOptions options, BlobOptions blob, ILogger logger) : IUploadGate
{
    // A problem's detail is for people, and is logged.
    private const int MaxReasonCharacters = 1_000;

    public async ValueTask<Result<Upload>> DecideAsync(
        Upload upload, Destination destination, string? rule, PeekedUpload? seen, CancellationToken cancellationToken)
    {
        var incoming = IncomingUpload.Of(request, kind, upload, destination, rule, seen is null ? null : BodyPeek.Of(seen));
        if (!(await client.AskAsync(Question(incoming), cancellationToken)).TryGet(out var answer, out var failure))
        {
            if (failure.Kind != FailureKind.PolicyUnavailable || options.WhenDown == PolicyWhenDown.Refuse)
            {
                return failure;
            }

            EndpointLog.PolicyNotAsked(logger, request, failure.Detail);
            return upload with { Destination = destination };
        }

        if (answer.Refuse is { } refusal)
        {
            return answer == new PolicyAnswer { Refuse = refusal }
                ? Refusal(refusal)
                : PolicyClient.Invalid("refuses the upload and restricts it");
        }

        if (Problem(answer, destination) is { } problem)
        {
            return PolicyClient.Invalid(problem);
        }

        try
        {
            return Decision(answer).Apply(upload, destination);
        }
        catch (ArgumentException)
        {
            return PolicyClient.Invalid(
                "has metadata or features that can't be stored, an invalid media type pattern, or a negative limit");
        }
    }

    private PolicyQuestion Question(IncomingUpload upload) => new(
        $"{upload.Id:N}",
        $"{kind}".ToLowerInvariant(),
        upload.Caller,
        options.Headers.Where(request.Headers.ContainsKey)
            .ToDictionary(static name => name.ToLowerInvariant(), name => request.Headers.Text(name)!),
        upload.Container,
        upload.Name,
        upload.Target,
        upload.Rule,
        request.RouteValues["source"] as string,
        upload.IsPart,
        upload.FileName,
        upload.Length,
        upload.DeclaredMediaType,
        upload.Peek?.MediaType,
        upload.Metadata,
        upload.Peek?.IsWhole,
        upload.Peek?.FirstBytes is { } bytes ? bytes[..Math.Min(bytes.Length, options.FirstBytes)] : default(ReadOnlyMemory<byte>?));

    private static Failure Refusal(PolicyRefusal refusal) =>
        refusal is { Status: null or (>= RouteRefuseOptions.MinStatus and <= RouteRefuseOptions.MaxStatus) }
        && !string.IsNullOrWhiteSpace(refusal.Reason) && refusal.Reason.Length <= MaxReasonCharacters
            ? UploadDecision.Refuse(refusal.Reason, refusal.Status ?? 403).Refusal!
            : PolicyClient.Invalid(
                $"refuses without a reason of 1 to {MaxReasonCharacters} characters, or with a status that is not from "
                    + $"{RouteRefuseOptions.MinStatus} to {RouteRefuseOptions.MaxStatus}");

    // What the service may not decide. The pipeline would refuse it too, but blame the client.
    private string? Problem(PolicyAnswer answer, Destination destination) =>
        answer is not { Container: null, Name: null } && destination.Store is null
            ? "gives a container or a name to an upload that is only relayed"
        : answer.Container is { } container && !blob.IsOpen(container)
            ? "names a container that is not one of Sluice:Blob:Containers or Sluice:Blob:Aliases"
        : answer.Name is { } name && BlobName.Problem(name) is { } problem ? $"has an invalid name: {problem.TrimEnd('.')}"
        : answer.Metadata?.Any(static pair => pair.Value is null) == true ? "has metadata without a value"
        : answer.MediaTypes is { } types && (types.Allow ?? []).Concat(types.Refuse ?? []).Any(static pattern => pattern is null)
            ? "has a media type pattern that is null"
        : null;

    private static UploadDecision Decision(PolicyAnswer answer)
    {
        MediaTypePolicyOptions? mediaTypes = null;
        if (answer.MediaTypes is { } types)
        {
            mediaTypes = new MediaTypePolicyOptions { RefuseContradiction = types.RefuseContradiction == true };
            foreach (var pattern in types.Allow ?? [])
            {
                mediaTypes.Allow.Add(pattern);
            }

            foreach (var pattern in types.Refuse ?? [])
            {
                mediaTypes.Refuse.Add(pattern);
            }
        }

        BlobFeatureOptions? features = null;
        if (answer.Features is { } wanted)
        {
            features = new BlobFeatureOptions
            {
                Tier = wanted.Tier,
                DeleteAfterDays = wanted.DeleteAfterDays,
                ImmutableDays = wanted.ImmutableDays,
                ImmutabilityMode = wanted.Locked == true ? ImmutabilityMode.Locked : ImmutabilityMode.Unlocked,
                LegalHold = wanted.LegalHold == true,
            };
            foreach (var (name, value) in wanted.Tags ?? new Dictionary<string, string>())
            {
                features.Tags[name] = value;
            }
        }

        return new UploadDecision
        {
            Container = answer.Container,
            Name = answer.Name,
            Restrictions = new UploadPolicy
            {
                MaxBytes = answer.MaxBytes,
                MediaTypes = mediaTypes,
                CreateOnly = answer.CreateOnly == true,
                Features = features,
                Metadata = answer.Metadata ?? new Dictionary<string, string>(),
            },
        };
    }
}
