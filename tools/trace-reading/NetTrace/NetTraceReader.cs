using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>
/// Reads the <c>.nettrace</c> format, versions 4 and 5. The file is not trusted: every length, count and number is checked before it is
/// used. The trace library trusts them, and one changed byte can end the process.
/// </summary>
/// <param name="stream">The stream, read from its position to the trace's end.</param>
/// <param name="take">Takes each event of KernelSim's providers, in the order of time; what it throws comes out of <see cref="Read"/>.</param>
internal sealed class NetTraceReader(Stream stream, Action<TracedEvent> take)
{
    private const int LeastVersion = 4;
    private const int MostVersion = 5;
    private const byte EndOfTrace = 1;
    private const byte BeginObject = 5;
    private const byte EndObject = 6;
    private const int Alignment = 4;

    /// <summary>The runtime writes blocks of 100 KiB; one for each thread that lives may be longer.</summary>
    private const int MostBlockBytes = 64 << 20;

    private readonly ByteSource _source = new(stream);
    private readonly DropCounter _drops = new();
    private readonly Dictionary<string, long> _others = [];
    private int _count;

    /// <summary>Reads the trace: as far as it goes, or as far as it is undamaged.</summary>
    /// <exception cref="InvalidDataException">It is no .nettrace stream, or one of another version.</exception>
    public TraceTotals Read()
    {
        ReadMagic();
        EventSorter? sorter = null;
        string? damage = null;
        bool isCutOff = false;
        try
        {
            TraceClock clock = ReadClock();
            sorter = new EventSorter(e => take(Make(clock, e)));
            BlockReader blocks = new(clock, sorter, _drops, _others);
            while (ReadObject() is { } name)
            {
                isCutOff = !ReadBlock(blocks, name);
                if (isCutOff)
                {
                    break;
                }

                Expect(EndObject, "end of an object");
            }

            RequireEnd(isCutOff);
        }
        catch (EndOfStreamException)
        {
            isCutOff = true;
        }
        catch (TraceDamageException e)
        {
            damage = e.Message;
        }

        sorter?.Flush();
        return new TraceTotals(_count, _drops.Dropped) { IsCutOff = isCutOff, Damage = damage, OtherEvents = _others };
    }

    private void ReadMagic()
    {
        ReadOnlySpan<byte> magic = _source.TakeUpTo("Nettrace"u8.Length);
        if (!magic.SequenceEqual("Nettrace"u8))
        {
            throw new InvalidDataException(
                magic.Length == 0 ? "the file is empty" : "it does not begin with the word Nettrace, as a .nettrace file does");
        }
    }

    private TraceClock ReadClock()
    {
        long at = _source.Offset;
        int length = Int32("length of the header");
        if (length == 0)
        {
            throw Unsupported(Int32("format version"));
        }

        if (length != "!FastSerialization.1"u8.Length || !_source.Take(length).SequenceEqual("!FastSerialization.1"u8))
        {
            throw TraceDamageException.Of(at, "header", "other bytes", "!FastSerialization.1");
        }

        at = _source.Offset;
        if (ReadObject() is not "Trace")
        {
            throw TraceDamageException.Of(at, "first object", "another", "Trace");
        }

        at = _source.Offset;
        TraceClock clock = TraceClock.Read(new SpanReader(_source.Take(TraceClock.Size), at));
        Expect(EndObject, "end of the object Trace");
        return clock;
    }

    /// <summary>Reads the beginning of an object.</summary>
    /// <returns>The name of its type; null at the end of the trace.</returns>
    private string? ReadObject()
    {
        long at = _source.Offset;
        byte tag = _source.Take(1)[0];
        if (tag == EndOfTrace)
        {
            return null;
        }

        if (tag != BeginObject)
        {
            throw TraceDamageException.Of(at, "tag", tag, $"{BeginObject} for an object or {EndOfTrace} for the end of the trace");
        }

        Expect(BeginObject, "tag of a type");
        Expect(EndOfTrace, "tag of a type");
        int version = Int32("version of an object");
        at = _source.Offset;
        int least = Int32("version of an object's reader");
        string name = ReadName();
        if (name == "Trace" && (version is < LeastVersion or > MostVersion || least > MostVersion))
        {
            throw Unsupported(version);
        }

        return least is >= 0 and <= MostVersion
            ? name
            : throw TraceDamageException.Of(at, $"version of {name}'s reader", least, $"0 to {MostVersion}");
    }

    private string ReadName()
    {
        string[] known = ["Trace", .. BlockReader.Blocks];
        long at = _source.Offset;
        int length = Int32("length of a type's name");
        if (known.All(k => k.Length != length))
        {
            throw TraceDamageException.Of(at, "length of a type's name", length, $"that of {string.Join(", ", known)}");
        }

        string name = System.Text.Encoding.Latin1.GetString(_source.Take(length));
        Expect(EndObject, "end of a type");
        return known.Contains(name)
            ? name
            : throw TraceDamageException.Of(at + sizeof(int), "name of a type", $"'{VisibleText.Escape(name)}'", string.Join(", ", known));
    }

    /// <summary>Reads a block as far as the file has it.</summary>
    /// <returns>False when the file ends in it.</returns>
    private bool ReadBlock(BlockReader blocks, string name)
    {
        long at = _source.Offset;
        int size = Int32($"size of {name}");
        if (size is < 0 or > MostBlockBytes)
        {
            throw TraceDamageException.Of(at, $"size of {name}", size, $"0 to {MostBlockBytes}");
        }

        int padding = (int)(-_source.Offset & (Alignment - 1));
        at = _source.Offset;
        if (_source.Take(padding).ContainsAnyExcept((byte)0))
        {
            throw TraceDamageException.Of(at, $"padding of {name}", "other bytes", "zeros");
        }

        at = _source.Offset;
        ReadOnlySpan<byte> bytes = _source.TakeUpTo(size);
        blocks.Read(name, new SpanReader(bytes, at, isCutOff: bytes.Length < size));
        return bytes.Length == size;
    }

    /// <summary>Nothing follows the end of a trace. Does not wait for a running session.</summary>
    private void RequireEnd(bool isCutOff)
    {
        long at = _source.Offset;
        if (!isCutOff && stream.CanSeek && _source.TakeUpTo(1).Length > 0)
        {
            throw TraceDamageException.Of(at, "end of the trace", "more bytes", "the end of the file");
        }
    }

    private TracedEvent Make(TraceClock clock, PendingEvent e)
    {
        EventDescription kind = e.Kind;
        EventHeader header = new(
            _count++, clock.Microseconds(e.Timestamp), kind.Provider, kind.Name, kind.Level, new EventPayload(kind.FieldNames, e.Values))
        {
            Keywords = kind.Keywords,
            HostProcessId = clock.ProcessId,
            HostThreadId = e.ThreadId,
        };
        return EventCatalog.Make(header, kind.Reader);
    }

    private void Expect(byte expected, string field)
    {
        long at = _source.Offset;
        byte given = _source.Take(1)[0];
        if (given != expected)
        {
            throw TraceDamageException.Of(at, field, given, $"{expected}");
        }
    }

    private int Int32(string field)
    {
        long at = _source.Offset;
        return new SpanReader(_source.Take(sizeof(int)), at).Int32(field);
    }

    private static InvalidDataException Unsupported(int version) => new(FormattableString.Invariant(
        $"a .nettrace of format version {version}, expected {LeastVersion} or {MostVersion}, which .NET 5 and later write"));
}
