using System.Buffers.Binary;
using KernelSim.TraceAnalysis.Recording;

namespace KernelSim.TraceAnalysis.Tests.NetTrace;

/// <summary>Damage whose place is known: what the refusal says of it.</summary>
[Collection("recorders")]
public sealed class HeaderDamageTests
{
    /// <summary>Where the first object's body begins: after the magic, the header and the type.</summary>
    private const int Body = 0x35;

    private readonly byte[] _trace = Record();

    [Theory]
    [InlineData(24, 0L, "clock frequency: 0 given, expected 1000000 to 10000000000")]
    [InlineData(24, -1L, "clock frequency: -1 given")]
    [InlineData(24, 1L, "clock frequency: 1 given")]
    [InlineData(24, long.MaxValue, "clock frequency: 9223372036854775807 given")]
    [InlineData(32, 0L, "pointer size: 0 given, expected 4 or 8")]
    [InlineData(40, -1L, "number of processors: -1 given, expected 1 to 65536")]
    [InlineData(0, -1L, "date of the recording: -1--1--1")]
    public void A_field_of_the_header_is_named_with_its_place(int offset, long value, string damage)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_trace.AsSpan(Body + offset), value);

        string message = Refuse(_trace);

        Assert.StartsWith($"damaged before its first event, at byte {Body + offset}: ", message, StringComparison.Ordinal);
        Assert.Contains(damage, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(-1)]
    public void Another_version_of_the_format_is_refused_by_its_number(int version)
    {
        int at = _trace.AsSpan().IndexOf("!FastSerialization.1"u8) + "!FastSerialization.1"u8.Length + 3;
        BinaryPrimitives.WriteInt32LittleEndian(_trace.AsSpan(at), version);

        Assert.Contains($"format version {version}, expected 4 or 5", Refuse(_trace), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sixth_version_which_has_another_header_is_refused_by_its_number()
    {
        byte[] six = [.. "Nettrace"u8, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];

        Assert.Contains("format version 6, expected 4 or 5", Refuse(six), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_block_of_no_possible_size_is_not_allocated(int size)
    {
        int at = _trace.AsSpan().IndexOf("MetadataBlock"u8) + "MetadataBlock"u8.Length + 1;
        BinaryPrimitives.WriteInt32LittleEndian(_trace.AsSpan(at), size);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal($"damaged before its first event, at byte {at}: size of MetadataBlock: {size} given, expected 0 to 67108864", Refuse(_trace));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_block_longer_than_the_file_takes_no_more_memory_than_the_file()
    {
        int at = _trace.AsSpan().IndexOf("StackBlock"u8) + "StackBlock"u8.Length + 1;
        BinaryPrimitives.WriteInt32LittleEndian(_trace.AsSpan(at), 64 << 20);
        using MemoryStream stream = new(_trace);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains(
            "end of the stacks", Assert.Throws<InvalidDataException>(() => TraceReader.Stream(stream, _ => { })).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void What_follows_the_end_of_the_trace_is_damage()
    {
        using MemoryStream twice = new([.. _trace, .. _trace]);

        TraceTotals totals = TraceReader.Stream(twice, _ => { });

        Assert.Equal($"byte {_trace.Length}: end of the trace: more bytes given, expected the end of the file", totals.Damage);
        Assert.True(totals.Events > 0);
    }

    private static byte[] Record()
    {
        using TraceRecorder recorder = TraceRecorder.Start();
        new Story().Call().Ioctl(s => s.Fetch(20)).Return();
        recorder.Stop();
        return File.ReadAllBytes(recorder.Path!);
    }

    private static string Refuse(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        return Assert.Throws<InvalidDataException>(() => TraceReader.Read(stream)).Message;
    }
}
