using Sluice.Failures;
using Sluice.Settings;

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
    /// The name of the blob; <c>/</c> separates folders. The default is null: as requested, or as a rule decided. The parts of a tus
    /// concatenation keep their own names; only the upload that is made of them can be renamed.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// Restricts the upload further. Of a resumable upload, <see cref="UploadPolicy.MediaTypes"/> restricts the declared type only, as no
    /// byte has arrived yet. The default is null: the configured limits alone.
    /// </summary>
    public UploadPolicy? Restrictions { get; init; }

    /// <summary>Why the upload is refused; null if it is accepted.</summary>
    internal Failure? Refusal { get; private init; }

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
}
