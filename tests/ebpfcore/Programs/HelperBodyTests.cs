using System.Text;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Programs;

/// <summary>The general helpers that need no map, called by number as an engine calls them.</summary>
public sealed unsafe class HelperBodyTests : IDisposable
{
    private const long Einval = -22;
    private const long BufferOverflow = unchecked((int)0x80000005);
    private const long InvalidParameter = unchecked((int)0xC000000D);
    private const ulong TooLong = (ulong)int.MaxValue + 1;

    private readonly ProgramBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(new byte[0], new byte[] { 1, 0, 2, 0 }, 10, 13)]
    [InlineData(new byte[] { 1, 0, 2, 0 }, new byte[0], 0, 0xFFFE + 0xFFFD)]
    [InlineData(new byte[] { 1, 0, 2, 0 }, new byte[] { 1, 0, 2, 0 }, 5, 5 + 0xFFFF + 0xFFFF)]
    [InlineData(new byte[] { 1 }, new byte[0], 0, Einval)]
    [InlineData(new byte[] { 1, 2 }, new byte[0], 0, Einval)]
    [InlineData(new byte[0], new byte[] { 1, 2, 3 }, 0, Einval)]
    [InlineData(new byte[0], new byte[] { 1, 2, 3, 4, 5, 6 }, 0, Einval)]
    [InlineData(new byte[0], new byte[] { 1, 0, 0, 0 }, int.MaxValue, Einval)] // the sum is negative
    [InlineData(new byte[0], new byte[] { 1, 0, 0, 0 }, -1, 0)]
    [InlineData(new byte[0], new byte[0], -1, Einval)]
    public void A_checksum_takes_whole_words_and_tells_no_negative_sum(byte[] from, byte[] to, int seed, long expected)
    {
        fixed (byte* f = from, t = to)
        {
            Assert.Equal(expected, _bench.Call(10, (ulong)f, (ulong)from.Length, (ulong)t, (ulong)to.Length, (ulong)(long)seed));
        }
    }

    [Theory]
    [InlineData(22u)]
    [InlineData(25u)]
    public void A_copy_is_refused_only_when_the_source_is_larger(uint helper)
    {
        byte[] to = [9, 9, 9, 9];
        byte[] from = [1, 2, 3, 4, 5];
        fixed (byte* t = to, f = from)
        {
            Assert.Equal(Einval, _bench.Call(helper, (ulong)t, 4, (ulong)f, 5));
            Assert.Equal([9, 9, 9, 9], to);
            Assert.Equal(0, _bench.Call(helper, (ulong)t, 4, (ulong)f, 3));
            Assert.Equal([1, 2, 3, 9], to);
            Assert.Equal(0, _bench.Call(helper, (ulong)t, 4, (ulong)f, 4));
            Assert.Equal([1, 2, 3, 4], to);
            Assert.Equal(0, _bench.Call(helper, (ulong)t, 4, (ulong)f, 0));
            Assert.Equal(0, _bench.Call(helper, 0, 0, 0, 0));
            Assert.Equal(22, _bench.Call(helper, 0, 4, (ulong)f, 4));
        }
    }

    [Fact]
    public void A_move_may_overlap()
    {
        byte[] bytes = [1, 2, 3, 4, 5];
        fixed (byte* b = bytes)
        {
            Assert.Equal(0, _bench.Call(25, (ulong)(b + 1), 4, (ulong)b, 4));
        }

        Assert.Equal([1, 1, 2, 3, 4], bytes);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2 }, new byte[] { 1, 2 }, 0)]
    [InlineData(new byte[] { 1, 2 }, new byte[] { 1, 200 }, -1)]
    [InlineData(new byte[] { 1, 200 }, new byte[] { 1, 2 }, 1)]
    [InlineData(new byte[] { 1 }, new byte[] { 1, 0 }, -1)]
    [InlineData(new byte[] { 1, 0 }, new byte[] { 1 }, 1)]
    [InlineData(new byte[] { 2 }, new byte[] { 1, 0 }, 1)] // a difference goes before the length
    [InlineData(new byte[0], new byte[0], 0)]
    [InlineData(new byte[0], new byte[] { 0 }, -1)]
    public void A_comparison_is_minus_one_zero_or_one(byte[] first, byte[] second, long expected)
    {
        fixed (byte* f = first, s = second)
        {
            Assert.Equal(expected, _bench.Call(23, (ulong)f, (ulong)first.Length, (ulong)s, (ulong)second.Length));
        }
    }

    [Fact]
    public void A_fill_writes_the_low_byte_and_gives_the_buffer_back()
    {
        byte[] bytes = [1, 2, 3, 4];
        fixed (byte* b = bytes)
        {
            Assert.Equal((long)(b + 1), _bench.Call(24, (ulong)(b + 1), 2, 0x1FF));
        }

        Assert.Equal([1, 255, 255, 4], bytes);
    }

    [Theory]
    [InlineData(6, "abc\0", 4, 0, "abc\0\0\0")] // the rest is filled with zeros
    [InlineData(4, "abc\0", 4, 0, "abc\0")]
    [InlineData(6, "abcdef", 2, 0, "ab\0\0\0\0")]
    [InlineData(3, "abc\0", 4, BufferOverflow, "ab\0")]
    [InlineData(1, "a\0", 2, BufferOverflow, "\0")]
    [InlineData(1, "\0", 1, 0, "\0")]
    [InlineData(2, "abc", 0, 0, "\0\0")]
    [InlineData(0, "\0", 1, 0, "")]
    [InlineData(0, "abc", 0, 0, "")]
    [InlineData(0, "abc", 3, InvalidParameter, "")] // a null destination of no bytes
    public void A_string_copy_ends_what_it_copies(int room, string source, int count, long expected, string left) =>
        AssertString(27, new byte[room], source, (ulong)count, expected, left);

    [Theory]
    [InlineData("ab\0...", "cd\0", 3, 0, "abcd\0\0")]
    [InlineData("ab\0..", "cd\0", 3, 0, "abcd\0")]
    [InlineData("ab\0.", "cd\0", 3, BufferOverflow, "abc\0")]
    [InlineData("ab\0...", "cdef", 1, 0, "abc\0\0\0")]
    [InlineData("abcd", "e\0", 2, InvalidParameter, "abcd")] // no string in there
    [InlineData("", "e\0", 2, InvalidParameter, "")]
    public void A_string_is_appended_to_a_string_that_ends(string before, string source, int count, long expected, string left) =>
        AssertString(28, Encoding.ASCII.GetBytes(before.Replace('.', 'x')), source, (ulong)count, expected, left);

    [Fact]
    public void Strings_are_not_longer_than_two_gigabytes()
    {
        byte[] bytes = "ab\0"u8.ToArray();
        fixed (byte* b = bytes)
        {
            Assert.Equal(InvalidParameter, _bench.Call(27, (ulong)b, TooLong, (ulong)b, 1));
            Assert.Equal(InvalidParameter, _bench.Call(27, (ulong)b, 3, (ulong)b, TooLong));
            Assert.Equal(InvalidParameter, _bench.Call(28, (ulong)b, TooLong, (ulong)b, 1));
            Assert.Equal(InvalidParameter, _bench.Call(28, (ulong)b, 3, (ulong)b, TooLong));
            Assert.Equal((long)TooLong, _bench.Call(29, (ulong)b, TooLong));
        }
    }

    [Theory]
    [InlineData("abc\0d", 5, 3)]
    [InlineData("abc\0", 3, 3)]
    [InlineData("abc", 2, 2)]
    [InlineData("\0", 1, 0)]
    [InlineData("abc", 0, 0)]
    public void A_length_ends_at_the_size(string text, int size, long expected)
    {
        fixed (byte* t = Encoding.ASCII.GetBytes(text))
        {
            Assert.Equal(expected, _bench.Call(29, (ulong)t, (ulong)size));
            Assert.Equal(0, _bench.Call(29, 0, (ulong)size));
        }
    }

    [Theory]
    [InlineData(7u, 100, 1)]
    [InlineData(9u, 100, 1)]
    [InlineData(30u, 1, 10_000)]
    [InlineData(31u, 1, 10_000)]
    public void Time_is_the_machines_clocks_in_hundreds_of_nanoseconds_or_whole_milliseconds(uint helper, ulong factor, ulong divisor)
    {
        foreach (long passes in (long[])[0, 123_456])
        {
            _bench.Machine.Clock.Advance(TimeSpan.FromTicks(passes));
            (ulong Ticks, ulong Answer) seen = default;
            _bench.Run((in call) =>
            {
                seen = (call.Thread.Machine.Clock.InterruptTime, call.Invoke(helper));
                return 0;
            });
            Assert.True(seen.Ticks >= (ulong)passes);
            Assert.Equal(seen.Ticks * factor / divisor, seen.Answer);
        }
    }

    [Fact]
    public void A_test_run_is_on_behalf_of_the_system()
    {
        (ulong PidTgid, ulong Expected, ulong Logon) seen = default;
        _bench.Run((in call) =>
        {
            seen = (call.Invoke(19), (4UL << 32) | (uint)call.Thread.Id, call.Invoke(20, (ulong)call.Context));
            return 0;
        });
        Assert.Equal(seen.Expected, seen.PidTgid);
        Assert.Equal(0x3E7ul, seen.Logon);
    }

    [Fact]
    public void Tokens_are_out_of_reach_at_dispatch_level()
    {
        using ProgramBench bench = new(Irql.Dispatch);
        Assert.Equal(0, bench.Call(20));
        Assert.NotEqual(0, _bench.Call(20));
    }

    [Fact]
    public void Whether_the_caller_is_an_administrator_is_not_implemented() => Assert.Equal(-1, _bench.Call(21));

    [Fact]
    public void A_helper_that_nobody_implements_is_an_invalid_argument()
    {
        Assert.Equal(0xC00C1E, _bench.Call(26)); // the type's own
        Assert.Equal(-(long)EbpfResult.InvalidArgument, _bench.Call(35));
        Assert.Equal(-(long)EbpfResult.InvalidArgument, _bench.Call(0));
        Assert.Equal(-(long)EbpfResult.InvalidArgument, _bench.Call(36));
        Assert.Equal(14, _bench.Call(TestExtension.DoubleHelper, 7));
    }

    [Fact]
    public void The_processor_is_the_one_that_the_run_was_asked_for()
    {
        ulong seen = 99;
        _bench.Run((in call) => (long)(seen = call.Invoke(8)), cpu: 1);
        Assert.Equal(1ul, seen);
    }

    private void AssertString(uint helper, byte[] destination, string source, ulong count, long expected, string left)
    {
        fixed (byte* d = destination, s = Encoding.ASCII.GetBytes(source))
        {
            Assert.Equal(expected, _bench.Call(helper, (ulong)d, (ulong)destination.Length, (ulong)s, count));
        }

        Assert.Equal(left, Encoding.ASCII.GetString(destination));
    }
}
