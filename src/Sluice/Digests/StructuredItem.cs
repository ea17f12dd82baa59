namespace Sluice.Digests;

/// <summary>
/// The value of a member of a <see cref="StructuredDictionary"/>, or of a field that is a single item. Our fields use four of the types;
/// values of other types are not kept.
/// </summary>
/// <param name="Bytes">The value, if it is a byte sequence (RFC 9651, section 3.3.5).</param>
/// <param name="Integer">The value, if it is an integer (section 3.3.1).</param>
/// <param name="Boolean">The value, if it is a boolean (section 3.3.6).</param>
/// <param name="Text">The value, if it is a string (section 3.3.3).</param>
internal readonly record struct StructuredItem(byte[]? Bytes = null, long? Integer = null, bool? Boolean = null, string? Text = null);
