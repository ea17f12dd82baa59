namespace Sluice.MediaTypes;

/// <summary>A pattern for texts. Matching takes time that grows with the length of the text and with nothing else.</summary>
internal interface IPattern
{
    /// <summary>The pattern as configured.</summary>
    string Text { get; }

    bool Matches(string value);
}
