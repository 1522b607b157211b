using System.Text;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;

namespace KernelSim.EbpfCore.Tests.Programs;

/// <summary><c>bpf_trace_printk2</c> to <c>5</c>. Alone: whether anybody listens is the same for all machines.</summary>
[Collection(TraceCollection.Name)]
public sealed class PrintkTests : IDisposable
{
    private readonly MachineEvents _listener = new();
    private readonly ProgramBench _bench;
    private bool _listening = true;

    public PrintkTests()
    {
        _bench = new ProgramBench(machine: new MachineOptions { RequestIdBase = _listener.RequestIdBase });
    }

    public void Dispose()
    {
        StopListening();
        _bench.Dispose();
    }

    [Theory]
    [InlineData("hi\0", new ulong[0], "hi")]
    [InlineData("hi\n\0", new ulong[0], "hi")] // one newline goes
    [InlineData("hi\n\n\0", new ulong[0], "hi\n")]
    [InlineData("hi\nho\0", new ulong[0], "hi\nho")]
    [InlineData("\n\0", new ulong[0], "")]
    [InlineData("hi!", new ulong[0], "hi")] // what is not ended loses its last byte
    [InlineData("100%%\0", new ulong[0], "100%")]
    [InlineData("%d%%%i\0", new ulong[] { 1, 2 }, "1%2")]
    [InlineData("%d %i %u\0", new[] { ulong.MaxValue, ulong.MaxValue - 1, ulong.MaxValue }, "-1 -2 4294967295")]
    [InlineData("%ld %li %lu\0", new[] { ulong.MaxValue, 0x1_0000_0002UL, ulong.MaxValue }, "-1 2 4294967295")] // long is 32 bits on Windows
    [InlineData("%lld %lli %llu\0", new[] { ulong.MaxValue, 0x1_0000_0002UL, ulong.MaxValue }, "-1 4294967298 18446744073709551615")]
    [InlineData(
        "%x %lx %llx\0", new[] { 0xABCD_EF01_2345_6789UL, 0xABCD_EF01_2345_6789UL, 0xABCD_EF01_2345_6789UL }, "23456789 23456789 abcdef0123456789")]
    [InlineData("a\0%d\0", new ulong[0], "a")] // nothing counts behind a zero
    public void A_line_is_written_and_its_bytes_are_counted(string format, ulong[] arguments, string line)
    {
        Assert.Equal(line.Length, Print(format, format.Length, arguments));
        Assert.Equal([line], Lines());
    }

    [Theory]
    [InlineData("%d\0", new ulong[0])] // fewer or more than the format wants
    [InlineData("\0\0", new ulong[] { 1 })]
    [InlineData("%d %d\0", new ulong[] { 1 })]
    [InlineData("%d\0", new ulong[] { 1, 2 })]
    [InlineData("%s\0", new ulong[] { 1 })]
    [InlineData("%p\0", new ulong[] { 1 })]
    [InlineData("%5d\0", new ulong[] { 1 })]
    [InlineData("%hd\0", new ulong[] { 1 })]
    [InlineData("%llld\0", new ulong[] { 1 })]
    [InlineData("%X\0", new ulong[] { 1 })]
    [InlineData("%\0", new ulong[0])]
    [InlineData("%l\0", new ulong[0])]
    [InlineData("%ll\0", new ulong[0])]
    [InlineData("%d %\0", new ulong[] { 1 })]
    public void A_format_that_is_not_allowed_is_minus_1_and_prints_nothing(string format, ulong[] arguments)
    {
        Assert.Equal(-1, Print(format, format.Length, arguments));
        Assert.Empty(Lines());
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(1, -1)]
    [InlineData(2, 1)]
    [InlineData(511, 510)]
    [InlineData(512, -1)]
    public void A_format_has_2_to_511_bytes(int size, long expected) =>
        Assert.Equal(expected, Print(new string('a', Math.Max(size - 1, 0)) + "\0", size, []));

    [Theory]
    [InlineData(553, 553)]
    [InlineData(554, -1)]
    public void A_line_has_room_for_553_bytes(int length, long expected)
    {
        // 60 bytes out of 12.
        string format = "%llu%llu%llu" + new string('a', length - 60) + "\0";
        Assert.Equal(expected, Print(format, format.Length, [ulong.MaxValue, ulong.MaxValue, ulong.MaxValue]));
        Assert.Equal(expected < 0 ? 0 : 1, Lines().Length);
    }

    [Theory]
    [InlineData("hi\0", 3, 0)]
    [InlineData("%s\0", 3, 0)] // not looked at
    [InlineData("h", 1, -1)] // the length comes first
    public void Nobody_listening_is_0_for_whatever_has_an_allowed_length(string format, int size, long expected)
    {
        StopListening();
        Assert.Equal(expected, Print(format, size, []));
    }

    private unsafe long Print(string format, int size, ulong[] arguments)
    {
        fixed (byte* text = Encoding.ASCII.GetBytes(format))
        {
            return _bench.Call(12 + (uint)arguments.Length, [(ulong)text, (ulong)size, .. arguments]);
        }
    }

    private string[] Lines() => [.. _listener.Named("Printk").Select(e => e.Text("text"))];

    private void StopListening()
    {
        if (_listening)
        {
            _listening = false;
            _listener.Dispose();
        }
    }
}
