namespace Sluice.AspNetCore.Results;

/// <summary>
/// The document that <c>GET /api/upload</c> returns. The package Sluice.UploadPage registers one: <c>AddSluiceUploadPage()</c>. Without it
/// the route returns 404.
/// </summary>
public interface IUploadPage
{
    /// <summary>
    /// The headers that depend on the document: its <c>ETag</c>, and its <c>Content-Security-Policy</c>. Sluice adds those that don't.
    /// </summary>
    IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>
    /// Opens the document, which is HTML in UTF-8. The length of the stream must be known. The caller disposes the stream.
    /// </summary>
    Stream Open();
}
