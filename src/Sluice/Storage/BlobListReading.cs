using System.Globalization;
using System.Text;
using System.Xml;
using Azure;

namespace Sluice.Storage;

/// <summary>
/// Parses the answer of List Blobs (https://learn.microsoft.com/rest/api/storageservices/list-blobs) as a stream, and keeps what is shown:
/// the SDK holds 30 properties of each of up to 1,000 blobs, as XML and as objects.
/// </summary>
internal sealed class BlobListReading : IStreamedAnswer
{
    private static readonly XmlReaderSettings _settings =
        new() { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = false };

    private readonly List<ListedBlob> _blobs = [];
    private readonly List<string> _prefixes = [];
    private readonly Dictionary<string, string> _fields = [];
    private readonly StringBuilder _text = new();
    private BlobPage? _page;
    private string? _marker;
    private bool _isKept;
    private bool _isEncoded;

    public BinaryData Substitute { get; } = BinaryData.FromString("<EnumerationResults><Blobs/><NextMarker/></EnumerationResults>");

    /// <summary>The page, once it was read.</summary>
    public BlobPage Page => _page ?? throw new InvalidOperationException("The list was not read.");

    public async ValueTask ReadAsync(Stream content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // An XmlReader takes no token.
        await using var ends = cancellationToken.UnsafeRegister(static stream => ((Stream)stream!).Dispose(), content);
        try
        {
            using var xml = XmlReader.Create(content, _settings);
            while (await xml.ReadAsync())
            {
                switch (xml.NodeType)
                {
                    case XmlNodeType.Element:
                        Begin(xml.Name, xml.Depth, xml.GetAttribute("Encoded"));
                        if (xml.IsEmptyElement)
                        {
                            End(xml.Name, xml.Depth);
                        }

                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when _isKept:
                        _text.Append(await xml.GetValueAsync());
                        break;
                    case XmlNodeType.EndElement:
                        End(xml.Name, xml.Depth);
                        break;
                    default:
                        break;
                }
            }
        }
        catch (Exception e) when (e is XmlException or FormatException or OverflowException)
        {
            throw Broken(e);
        }

        if (_page is null)
        {
            throw Broken();
        }
    }

    // https://learn.microsoft.com/rest/api/storageservices/list-blobs#response-body: a name that XML can't hold is percent-encoded.
    private void Begin(string name, int depth, string? encoded)
    {
        _text.Clear();
        _isKept = IsKept(name, depth);
        _isEncoded = encoded == "true";
    }

    private static bool IsKept(string name, int depth) => (name, depth) is ("NextMarker", 1) or ("Name", 3)
        or ("Etag" or "Content-Length" or "Last-Modified" or "Content-Type" or "Content-Encoding", 4);

    // <EnumerationResults><Blobs><Blob><Name/><Properties><Etag/>...</Properties></Blob><BlobPrefix><Name/></BlobPrefix></Blobs>
    // <NextMarker/></EnumerationResults>
    private void End(string name, int depth)
    {
        switch (name, depth)
        {
            case ("EnumerationResults", 0):
                _page = new BlobPage(_blobs, _prefixes, string.IsNullOrEmpty(_marker) ? null : _marker);
                break;
            case ("NextMarker", 1):
                _marker = _text.ToString();
                break;
            case ("Blob", 2):
                _blobs.Add(Listed());
                _fields.Clear();
                break;
            case ("BlobPrefix", 2):
                _prefixes.Add(Field("Name"));
                _fields.Clear();
                break;
            case ("Name", 3):
                _fields["Name"] = _isEncoded ? Uri.UnescapeDataString(_text.ToString()) : _text.ToString();
                break;
            case (_, 4) when IsKept(name, depth):
                // The first: a later one is in another section, of values that users choose.
                _fields.TryAdd(name, _text.ToString());
                break;
            default:
                break;
        }

        _isKept = false;
    }

    private ListedBlob Listed()
    {
        var tag = new ETag(Field("Etag"));
        return BlobReader.IsTag(tag)
            ? new ListedBlob(
                Field("Name"),
                long.Parse(Field("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture),
                tag.ToString("H"),
                DateTimeOffset.ParseExact(Field("Last-Modified"), "R", CultureInfo.InvariantCulture),
                Optional("Content-Type"),
                Optional("Content-Encoding"))
            : throw new FormatException("The entity tag of a listed blob is not one.");
    }

    private string Field(string name) => _fields.TryGetValue(name, out var text) ? text : throw new FormatException($"{name} is missing.");

    private string? Optional(string name) => _fields.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    private static IOException Broken(Exception? inner = null) => new("The list of blobs ends early, or is not a list.", inner);
}
