using Google.Protobuf;

namespace Sluice.IntegrationTests.Telemetry;

/// <summary>
/// A protobuf message by the numbers of its fields, which are those of
/// https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto. No package has the generated classes.
/// </summary>
internal sealed class OtlpMessage
{
    private readonly Dictionary<int, List<object>> _fields = [];

    public OtlpMessage(byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            object value = WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => (ulong)input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidDataException($"{other} is not used by OTLP."),
            };
            var number = WireFormat.GetTagFieldNumber(tag);
            if (!_fields.TryGetValue(number, out var values))
                _fields[number] = values = [];
            values.Add(value);
        }
    }

    public IEnumerable<OtlpMessage> Messages(int field) => Values(field).Select(static value => new OtlpMessage((byte[])value));

    public bool Has(int field) => _fields.ContainsKey(field);

    public string Text(int field) => System.Text.Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexString(Bytes(field));

    public ulong Number(int field) => (ulong)(Values(field).SingleOrDefault() ?? 0UL);

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    /// <summary>Attributes: key is field 1 of KeyValue, value is field 2, an AnyValue.</summary>
    public Dictionary<string, string> Attributes(int field) =>
        Messages(field).ToDictionary(static pair => pair.Text(1), static pair => pair.Messages(2).Single().AnyValue());

    private string AnyValue() => Has(1) ? Text(1)
        : Has(2) ? Number(2) != 0 ? "true" : "false"
        : Has(3) ? ((long)Number(3)).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : Has(4) ? Double(4).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : "";

    private byte[] Bytes(int field) => (byte[]?)Values(field).SingleOrDefault() ?? [];

    private List<object> Values(int field) => _fields.GetValueOrDefault(field, []);
}
