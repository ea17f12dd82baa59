namespace Sluice.AspNetCore.Hosting;

/// <summary>A section that options are bound to; any other one below <c>Sluice</c> is a mistake.</summary>
/// <param name="Path">Its key, for instance <c>Sluice:Body</c>.</param>
internal sealed record SluiceSection(string Path)
{
    /// <summary>What all of them are in.</summary>
    public const string Root = "Sluice";
}
