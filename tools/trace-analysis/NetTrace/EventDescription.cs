using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>What all events of a kind have in common: who writes them, their name, level and keywords, and the layout of their payload.</summary>
internal sealed class EventDescription
{
    /// <summary>An EventSource describes itself in an event of its own; that is nothing that happened in the machine.</summary>
    private const int ManifestEvent = 0xFFFE;

    private static readonly string[] s_levels = ["Always", "Critical", "Error", "Warning", "Informational", "Verbose"];

    private string[] _names = [];
    private FieldType[] _types = [];

    private EventDescription()
    {
    }

    /// <summary>The number that events of this kind carry.</summary>
    public required uint Id { get; init; }

    /// <summary>Who writes them.</summary>
    public required string Provider { get; init; }

    /// <summary>Their name.</summary>
    public required string Name { get; init; }

    /// <summary>Their level by name.</summary>
    public required string Level { get; init; }

    /// <summary>Their keywords.</summary>
    public required long Keywords { get; init; }

    /// <summary>Whether they tell what happened in a machine; of all others only their number matters.</summary>
    public required bool IsOurs { get; init; }

    /// <summary>The names of their fields.</summary>
    public IReadOnlyList<string> FieldNames => _names;

    /// <summary>Reads a description.</summary>
    public static EventDescription Read(SpanReader reader)
    {
        const int MostLevel = 255;
        long at = reader.Offset;
        uint id = unchecked((uint)reader.Int32("metadata id"));
        if (id == 0)
        {
            throw TraceDamageException.Of(at, "metadata id", id, "1 or more");
        }

        string provider = reader.Text("provider of an event").ToString();
        int eventId = reader.Int32("event id");
        string name = reader.Text("name of an event").ToString();
        long keywords = reader.Int64("keywords of an event");
        reader.Int32("version of an event");
        int level = reader.Int32("level of an event", 0, MostLevel);
        EventDescription description = new()
        {
            Id = id,
            Provider = provider,
            Name = name,
            Level = s_levels[Math.Min(level, s_levels.Length - 1)],
            Keywords = keywords,
            IsOurs = provider is KernelEventSource.ProviderName or UserApiEventSource.ProviderName && eventId is not (0 or ManifestEvent),
        };
        if (description.IsOurs)
        {
            description.ReadFields(ref reader);
        }

        return description;
    }

    /// <summary>Reads the fields of an event.</summary>
    public object?[] ReadPayload(SpanReader reader, TextPool texts)
    {
        object?[] values = new object?[_types.Length];
        for (int i = 0; i < values.Length; i++)
        {
            string name = _names[i];
            long at = reader.Offset;
            object value = _types[i] switch
            {
                FieldType.Text => texts.Share(reader.Text(name)),
                FieldType.Int32 => reader.Int32(name),
                FieldType.Int64 => reader.Int64(name),
                FieldType.UInt64 => unchecked((ulong)reader.Int64(name)),
                FieldType.UInt32 => unchecked((uint)reader.Int32(name)),
                FieldType.Boolean => reader.Int32(name),
                FieldType.Int16 => (int)reader.Int16(name),
                FieldType.UInt16 => (int)unchecked((ushort)reader.Int16(name)),
                FieldType.SByte => (int)unchecked((sbyte)reader.Byte(name)),
                _ => (int)reader.Byte(name),
            };
            FieldBounds.Require(at, name, value);
            values[i] = value;
        }

        return reader.Remaining == 0
            ? values
            : throw TraceDamageException.Of(reader.Offset, $"payload of {Name}", $"{reader.Remaining} bytes after the last field", "none");
    }

    /// <summary>Fields stand in a list of their own, or, of a provider that has arrays elsewhere, in a tag behind it.</summary>
    private void ReadFields(ref SpanReader reader)
    {
        const int TagOfFields = 2;
        Read(ref reader, isTag: false);
        while (reader.Remaining > 0)
        {
            int length = reader.Int32("length of a tag");
            byte tag = reader.Byte("tag");
            long at = reader.Offset;
            SpanReader inside = new(reader.Bytes(length, "tag"), at);
            if (tag == TagOfFields)
            {
                Read(ref inside, isTag: true);
            }
        }
    }

    private void Read(ref SpanReader reader, bool isTag)
    {
        // A field takes a type and the zero that ends its name, at the least.
        const int LeastFieldSize = 6;
        int count = reader.Int32("number of fields", 0, reader.Remaining / LeastFieldSize);
        if (isTag && count == 0)
        {
            return;
        }

        _names = new string[count];
        _types = new FieldType[count];
        for (int i = 0; i < count; i++)
        {
            if (isTag)
            {
                int size = reader.Int32("size of a field", sizeof(int), int.MaxValue);
                long at = reader.Offset;
                SpanReader field = new(reader.Bytes(size - sizeof(int), "field"), at);
                _names[i] = field.Text("name of a field").ToString();
                _types[i] = ReadType(ref field);
            }
            else
            {
                _types[i] = ReadType(ref reader);
                _names[i] = reader.Text("name of a field").ToString();
            }
        }
    }

    private FieldType ReadType(ref SpanReader reader)
    {
        long at = reader.Offset;
        FieldType type = (FieldType)reader.Int32("type of a field");
        return Enum.IsDefined(type) ? type : throw TraceDamageException.Of(at, $"type of a field of {Name}", (int)type, "an integer or a string");
    }
}
