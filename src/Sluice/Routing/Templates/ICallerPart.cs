using Sluice.Callers;

namespace Sluice.Routing.Templates;

/// <summary>A part of a template that depends on the caller only.</summary>
internal interface ICallerPart
{
    /// <summary>Its value, safe as a piece of one segment of a name; null if the caller has none.</summary>
    string? Of(Caller caller);
}
