namespace Sluice.MediaTypes;

/// <summary>Something that texts match or don't, in time that grows with the text's length and with nothing else.</summary>
internal interface IPattern
{
    /// <summary>The pattern as it was written.</summary>
    string Text { get; }

    bool Matches(string value);
}
