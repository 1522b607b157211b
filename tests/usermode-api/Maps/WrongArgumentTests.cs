using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Maps;

/// <summary>What a C# programmer reads who passed the typed API something wrong.</summary>
public sealed class WrongArgumentTests : IDisposable
{
    /// <summary>The id of the first object on a machine.</summary>
    private const uint FirstId = 2;

    private readonly Lab _lab = new(cpus: 3);
    private readonly BpfSession _session;

    public WrongArgumentTests()
    {
        _session = new BpfSession(_lab.Tap);
    }

    public void Dispose()
    {
        _session.Dispose();
        _lab.Dispose();
    }

    [Fact]
    public void Opening_a_map_as_another_type_names_both_types()
    {
        using ArrayMap<ulong> map = _session.CreateArrayMap<ulong>("ticks", 4);

        BpfException exception = Assert.Throws<BpfException>(() => _session.OpenHashMap<uint, ulong>(FirstId));

        Assert.StartsWith("map 'ticks': map type hash given, expected array (", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_a_map_with_a_key_of_another_size_names_both_sizes()
    {
        using HashMap<uint, ulong> map = _session.CreateHashMap<uint, ulong>("ticks", 4);

        BpfException exception = Assert.Throws<BpfException>(() => _session.OpenHashMap<ulong, ulong>(FirstId));

        Assert.StartsWith("map 'ticks': sizeof(TKey) 8 given, expected 4 (", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_too_wide_to_be_continued_after_is_an_error_and_not_the_end_of_the_process()
    {
        using HashMap<WideKey, byte> map = _session.CreateHashMap<WideKey, byte>("wide", 4);
        Insert(1);
        Insert(2);
        var keys = new WideKey[2];

        BpfException exception = Assert.Throws<BpfException>(() => map.LookupBatch(new BatchCursor(), keys, new byte[2]));

        Assert.Equal(
            (Errno.EOTHER, "api.message_length", 65536L, 65535L, 1),
            (exception.Errno, exception.Check?.Id, exception.Given, exception.Expected, exception.Processed));
        Assert.Equal(2, map.LookupAndDeleteBatch(keys, new byte[2]).Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void A_per_cpu_value_is_not_copied_into_a_span_with_less_room(int room)
    {
        var value = new PerCpuValue<int>(3);
        value.Fill(7);
        int[] destination = new int[room];

        ArgumentException exception = Assert.Throws<ArgumentException>(() => value.CopyTo(destination));

        Assert.StartsWith($"Room for {room} values given, expected 3", exception.Message, StringComparison.Ordinal);
        Assert.All(destination, slot => Assert.Equal(0, slot));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_per_cpu_value_takes_exactly_one_value_for_each_cpu(int given)
    {
        var value = new PerCpuValue<int>(3);

        ArgumentException exception = Assert.Throws<ArgumentException>(() => value.CopyFrom(Enumerable.Repeat(7, given).ToArray()));

        Assert.StartsWith($"{given} values given, expected 3", exception.Message, StringComparison.Ordinal);
        Assert.Equal("[0, 0, 0]", value.ToString());
    }

    [Fact]
    public void A_view_of_values_needs_a_cpu()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PerCpuSpan<int>(new int[4], 0).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PerCpuSpan<int>(new int[4], -1).Count);
        Assert.Equal(0, default(PerCpuSpan<int>).Count);
    }

    [Fact]
    public void A_session_needs_a_process()
    {
        Assert.Throws<ArgumentNullException>(() => new BpfSession(null!));
        Assert.Throws<ArgumentNullException>(() => new KernelSim.UserMode.Libbpf(null!));
    }

    /// <summary>A program on CPU 0 inserts a key that is too wide for a user's update.</summary>
    private void Insert(byte first)
    {
        var key = new byte[Unsafe.SizeOf<WideKey>()];
        key[0] = first;
        Assert.Equal(EbpfResult.Success, _lab.Driver.ReferenceMap(FirstId, out EbpfCore.Maps.EbpfMap? kernelMap));
        _lab.Driver.RunProgram(0, context => Assert.Equal(0, context.MapUpdateElem(kernelMap!, key, [1], 0)));
        kernelMap!.Dereference();
    }

    [InlineArray(65519)]
    private struct WideKey
    {
        private byte _first;
    }
}
