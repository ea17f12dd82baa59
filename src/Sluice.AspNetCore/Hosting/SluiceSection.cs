namespace Sluice.AspNetCore.Hosting;

/// <summary>A section that options are bound to; any other section below <c>Sluice</c> is an error.</summary>
/// <param name="Path">Its key, for instance <c>Sluice:Body</c>.</param>
internal sealed record SluiceSection(string Path)
{
    /// <summary>The parent section of all of them.</summary>
    public const string Root = "Sluice";
}
