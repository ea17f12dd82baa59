using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>The decision of an <see cref="IUploadPolicy"/> about one upload.</summary>
public sealed record UploadDecision
{
    /// <summary>The upload is accepted as it is.</summary>
    public static UploadDecision Accept { get; } = new();

    /// <summary>
    /// The container to store the body in: one of <c>Sluice:Blob:Containers</c> or <c>Sluice:Blob:Aliases</c>. The default is null: as
    /// requested, or as a rule decided.
    /// </summary>
    public string? Container { get; init; }

    /// <summary>
    /// The name of the blob; <c>/</c> separates folders. The default is null: as requested, or as a rule decided. Derive it from
    /// <see cref="IncomingUpload.Name"/>: a webhook that is delivered again, and a request that is sent again, must get the same name.
    /// </summary>
    /// <remarks>
    /// An upload that is only relayed has no name or container: giving it one fails the upload. The parts of a tus concatenation
    /// (<see cref="IncomingUpload.IsPart"/>) keep their own place.
    /// </remarks>
    public string? Name { get; init; }

    /// <summary>
    /// Restricts the upload further. For a resumable upload, <see cref="UploadPolicy.MediaTypes"/> restricts the declared type only, as no
    /// byte has been read yet, and its metadata has to fit into the upload's URL (2,600 bytes for everything). For a part of a tus
    /// concatenation, and for a body that is only relayed, <see cref="UploadPolicy.Metadata"/> and <see cref="UploadPolicy.CreateOnly"/> do
    /// not apply; for a part, <see cref="UploadPolicy.MediaTypes"/> does not either. The default is null: the configured limits alone.
    /// </summary>
    public UploadPolicy? Restrictions { get; init; }

    /// <summary>Why the upload is refused; null if it is accepted.</summary>
    public Failure? Refusal { get; private init; }

    /// <summary>The upload is refused: the client gets a problem of the type <c>route-refused</c>.</summary>
    /// <param name="reason">The problem's detail, which the client sees.</param>
    /// <param name="status">The HTTP status, 400 to 599. The default is 403.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not a status of an error.</exception>
    public static UploadDecision Refuse(string reason, int status = 403)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentOutOfRangeException.ThrowIfLessThan(status, RouteRefuseOptions.MinStatus);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, RouteRefuseOptions.MaxStatus);
        return new() { Refusal = new Failure(FailureKind.RouteRefused, Phase.Route, reason) { Status = status } };
    }

    /// <summary>The upload as decided.</summary>
    /// <exception cref="ArgumentException"><see cref="Restrictions"/> has an invalid pattern, limit or metadata.</exception>
    /// <exception cref="InvalidOperationException">An upload that is only relayed was given a container or a name.</exception>
    internal Upload Apply(Upload upload, Destination destination)
    {
        var restrictions = AspNetCore.Restrictions.Of(Restrictions);
        return restrictions.Apply(upload with { Destination = Moved(destination) }) with
        {
            MediaTypes = MediaTypePolicy.Both(upload.MediaTypes, restrictions.MediaTypes),
        };
    }

    private Destination Moved(Destination destination) =>
        this is { Container: null, Name: null } ? destination
        : destination.Store is { } store
            ? destination with
            {
                Store = store with { Container = Container ?? store.Container, Name = Name ?? store.Name },
            }
            : throw new InvalidOperationException(
                $"{nameof(IUploadPolicy)} gave a container or a name to an upload that is only relayed.");
}
