using System.Buffers.Binary;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace KernelSim.Tracing.Tests.Support;

/// <summary>Reads payloads as an ETW tool does that has the manifest and nothing else.</summary>
internal sealed class ManifestDecoder
{
    private static readonly XNamespace s_events = "http://schemas.microsoft.com/win/2004/08/events";

    private readonly XDocument _manifest;

    private ManifestDecoder(XDocument manifest) => _manifest = manifest;

    /// <summary>The manifest of a provider, as it lies in the repository.</summary>
    public static ManifestDecoder Load(string provider) => new(XDocument.Load(Repository.PathOf("etw-manifests", $"{provider}.man")));

    /// <summary>The fields of an event, in order. Fails if bytes are left over or missing.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Decode(int eventId, ReadOnlySpan<byte> wire)
    {
        List<KeyValuePair<string, object>> fields = [];
        foreach (XElement data in TemplateOf(eventId).Elements(s_events + "data"))
        {
            (object value, int length) = Read(data.Attribute("inType")!.Value, wire);
            fields.Add(KeyValuePair.Create(data.Attribute("name")!.Value, value));
            wire = wire[length..];
        }

        Assert.Equal(0, wire.Length);
        return fields;
    }

    /// <summary>The keyword that stands for a channel: the bits from the highest down, in the order in which the channels are declared.</summary>
    public EventKeywords KeywordOf(EventChannel channel)
    {
        List<string> channels = [.. _manifest.Descendants(s_events + "channel").Select(c => c.Attribute("chid")!.Value)];
        return (EventKeywords)(1L << (63 - channels.IndexOf(channel.ToString())));
    }

    private static (object Value, int Length) Read(string inType, ReadOnlySpan<byte> wire) => inType switch
    {
        "win:Int32" => (BinaryPrimitives.ReadInt32LittleEndian(wire), sizeof(int)),
        "win:UInt32" => (BinaryPrimitives.ReadUInt32LittleEndian(wire), sizeof(uint)),
        "win:Int64" => (BinaryPrimitives.ReadInt64LittleEndian(wire), sizeof(long)),
        "win:UInt64" => (BinaryPrimitives.ReadUInt64LittleEndian(wire), sizeof(ulong)),
        "win:UnicodeString" => ReadText(MemoryMarshal.Cast<byte, char>(wire)),
        _ => throw new NotSupportedException($"The manifest has a field of type {inType}."),
    };

    private static (object Value, int Length) ReadText(ReadOnlySpan<char> wire)
    {
        int length = wire.IndexOf('\0');
        return (wire[..length].ToString(), (length + 1) * sizeof(char));
    }

    private XElement TemplateOf(int eventId)
    {
        string id = eventId.ToString(CultureInfo.InvariantCulture);
        string template = _manifest.Descendants(s_events + "event").Single(e => e.Attribute("value")!.Value == id).Attribute("template")!.Value;
        return _manifest.Descendants(s_events + "template").Single(t => t.Attribute("tid")!.Value == template);
    }
}
