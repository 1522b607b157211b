using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>The metadata of a kind of event: provider, name, level, keywords, and the layout of the payload.</summary>
internal sealed class EventDescription
{
    private string[] _names = [];
    private FieldType[] _types = [];
    private PayloadBounds[] _bounds = [];
    private ValueCache[] _caches = [];

    private EventDescription()
    {
    }

    /// <summary>The metadata id.</summary>
    public required uint Id { get; init; }

    /// <summary>Name of the provider.</summary>
    public required string Provider { get; init; }

    /// <summary>Name of the event.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the level.</summary>
    public required string Level { get; init; }

    /// <summary>Keywords of the event.</summary>
    public required long Keywords { get; init; }

    /// <summary>Whether the provider is not KernelSim's.</summary>
    public required bool IsForeign { get; init; }

    /// <summary>Whether the event is KernelSim's and has a payload to read.</summary>
    public required bool IsOurs { get; init; }

    /// <summary>Makes its records; null if it has none of its own.</summary>
    public RecordReader? Reader { get; private init; }

    /// <summary>Names of the payload's fields.</summary>
    public IReadOnlyList<string> FieldNames => _names;

    /// <summary>Reads a metadata record.</summary>
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
        bool isForeign = !ProviderNames.Contains(provider);
        EventDescription description = new()
        {
            Id = id,
            Provider = provider,
            Name = name,
            Level = EventLevels.NameOf(level),
            Keywords = keywords,
            IsForeign = isForeign,
            IsOurs = !isForeign && TraceReader.IsMachineEvent(eventId),
            Reader = isForeign ? null : EventCatalog.ReaderOf(name),
        };
        if (description.IsOurs)
        {
            description.ReadFields(ref reader);
            description._bounds = [.. description._names.Select(n => PayloadBounds.Of(name, n))];
            description._caches = [.. description._names.Select(_ => new ValueCache())];
        }

        return description;
    }

    /// <summary>Reads the payload of an event.</summary>
    public object?[] ReadPayload(SpanReader reader, TextPool texts)
    {
        object?[] values = new object?[_types.Length];
        for (int i = 0; i < values.Length; i++)
        {
            string name = _names[i];
            long at = reader.Offset;
            ValueCache cache = _caches[i];
            if (_types[i] == FieldType.Text)
            {
                values[i] = cache.Share(reader.Text(name), texts);
                continue;
            }

            long number = _types[i] switch
            {
                FieldType.Int64 or FieldType.UInt64 => reader.Int64(name),
                FieldType.Int32 or FieldType.Boolean => reader.Int32(name),
                FieldType.UInt32 => unchecked((uint)reader.Int32(name)),
                FieldType.Int16 => reader.Int16(name),
                FieldType.UInt16 => unchecked((ushort)reader.Int16(name)),
                FieldType.SByte => unchecked((sbyte)reader.Byte(name)),
                _ => reader.Byte(name),
            };
            object value = cache.Box(number, _types[i]);
            _bounds[i].Require(at, name, value);
            values[i] = value;
        }

        return reader.Remaining == 0
            ? values
            : throw TraceDamageException.Of(reader.Offset, $"payload of {Name}", $"{reader.Remaining} bytes after the last field", "none");
    }

    /// <summary>Fields are in a list, or, if the provider uses array types, in a tag after it.</summary>
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
                _names[i] = ReadName(ref field);
                _types[i] = ReadType(ref field);
            }
            else
            {
                _types[i] = ReadType(ref reader);
                _names[i] = ReadName(ref reader);
            }
        }
    }

    /// <summary>A name, as the same object as in the code that looks for it, if there is any.</summary>
    private static string ReadName(ref SpanReader reader)
    {
        string name = reader.Text("name of a field").ToString();
        return string.IsInterned(name) ?? name;
    }

    private FieldType ReadType(ref SpanReader reader)
    {
        long at = reader.Offset;
        FieldType type = (FieldType)reader.Int32("type of a field");
        return Enum.IsDefined(type) ? type : throw TraceDamageException.Of(at, $"type of a field of {Name}", (int)type, "an integer or a string");
    }
}
