namespace Sluice.Storage;

/// <summary>An index tag whose value is known only when the body has arrived.</summary>
internal enum SeenTag : byte
{
    /// <summary>The media type that is stored, without its parameters.</summary>
    MediaType,

    /// <summary>The SHA-256 of the body, in hexadecimal digits.</summary>
    Sha256,
}
