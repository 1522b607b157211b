using System.Diagnostics;
using System.Globalization;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>Prints the records of a ring. Windows stamps none: the time is when the record was read, since the host was started.</summary>
/// <param name="output">Where to.</param>
/// <param name="cpu">The only CPU whose records are printed; null for all.</param>
/// <param name="index">The index that is printed for it; the CPU's number for all.</param>
internal sealed class RecordPrinter(BpftoolOutput output, uint? cpu, uint? index)
{
    private const int SampleType = 9;
    private const int LostType = 2;
    private const long NanosecondsOfSecond = 1_000_000_000;

    /// <summary>Prints a record.</summary>
    /// <param name="writer">The CPU that wrote it; 0 for a ring buffer, which does not say.</param>
    /// <param name="data">Its bytes.</param>
    public void Record(int writer, ReadOnlySpan<byte> data)
    {
        if (cpu is { } only && only != writer)
        {
            return;
        }

        long time = (long)(Stopwatch.GetTimestamp() * ((double)NanosecondsOfSecond / Stopwatch.Frequency));
        if (output.Json is { } json)
        {
            Begin(json, SampleType, writer);
            json.Number("timestamp", time);
            json.Name("data");
            HexText.WriteNumbers(json, data);
            json.EndObject();
            return;
        }

        output.Out.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"== @{time / NanosecondsOfSecond}.{time % NanosecondsOfSecond:d9} CPU: {writer} index: {index ?? (uint)writer} =====\n"));
        HexText.Write(output.Out, data);
        output.Out.Write('\n');
    }

    /// <summary>Prints that records were lost because the ring was full.</summary>
    public void Lost(int writer, ulong count)
    {
        if (cpu is { } only && only != writer)
        {
            return;
        }

        if (output.Json is not { } json)
        {
            output.Out.Write(string.Create(CultureInfo.InvariantCulture, $"lost {count} events\n"));
            return;
        }

        Begin(json, LostType, writer);
        json.Name("lost");
        json.BeginObject();
        json.Number("id", 0);
        json.Number("count", count);
        json.EndObject();
        json.EndObject();
    }

    private void Begin(BpftoolJson json, int type, int writer)
    {
        json.BeginObject();
        json.Number("type", type);
        json.Number("cpu", writer);
        json.Number("index", index ?? (uint)writer);
    }
}
