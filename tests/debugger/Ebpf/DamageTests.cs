using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;
using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Tests.Ebpf;

/// <summary>Garbage in pool: a line for what it hit, and the rest of the answer.</summary>
public sealed unsafe class DamageTests : IDisposable
{
    private const ulong Nowhere = 0x7FFF_0000_1000;

    private readonly EbpfMachine _machine = new();
    private readonly Glass _glass;

    public DamageTests() => _glass = new Glass(_machine.Machine);

    public void Dispose()
    {
        _glass.Dispose();
        _machine.Dispose();
    }

    [Theory]
    [InlineData(0x4141_4141_4141_4141, "cannot be read: host address 0x414141414141 given, expected a place in pool")]
    [InlineData(1, "cannot be read: host address 0x1 given, expected a place in pool")]
    public void A_bucket_that_points_elsewhere_is_one_line(ulong garbage, string expected)
    {
        TestMap map = Filled(out ITargetObject table);
        ulong* head = (ulong*)Field(table, "_heads") + 3;
        using (new Overwritten(head, garbage))
        {
            CommandResult result = _glass.Run("!map 2");
            Assert.EndsWith(expected, Assert.Single(result.Notes));
            Assert.StartsWith("bucket 3 ", result.Notes[0]);
            Assert.InRange(result.Tables[0].Rows.Count, 40, 63);
            Assert.StartsWith("map 2: bucket 3 ", Assert.Single(_glass.Run("!maps").Notes));
        }

        Assert.Equal(map.Keys().Count, _glass.Rows("!map 2").Count);
    }

    [Theory]
    [InlineData(-1, "has -1 entries, expected 0 to 1048576")]
    [InlineData(0x7171_7171, "has 1903260017 entries, expected 0 to 1048576")]
    [InlineData(1_000_000, "has 1000000 entries, which pool ends before")]
    public void A_bucket_with_a_wrong_count_is_one_line(int count, string expected)
    {
        Filled(out ITargetObject table);
        int* block = (int*)Block(table);
        int good = *block;
        *block = count;
        CommandResult result = _glass.Run("!map 2");
        *block = good;

        Assert.Contains(expected, Assert.Single(result.Notes));
        Assert.InRange(result.Tables[0].Rows.Count, 40, 63);
    }

    [Fact]
    public void A_key_that_belongs_to_another_bucket_is_no_element()
    {
        Filled(out ITargetObject table);
        byte* block = (byte*)Block(table);
        using (new Overwritten((ulong*)(block + 4), 0xFEFE_FEFE_FEFE_FEFE))
        {
            CommandResult result = _glass.Run("!map 2");
            Assert.Contains("has key fefefefe, which belongs to bucket ", Assert.Single(result.Notes));
            Assert.Equal(63, result.Tables[0].Rows.Count);
        }
    }

    [Fact]
    public void A_value_that_points_elsewhere_is_one_line()
    {
        Filled(out ITargetObject table);
        byte* block = (byte*)Block(table);
        int count = *(int*)block;
        ulong* value = (ulong*)(block + ((4 + (count * 4) + 7) & ~7));
        using (new Overwritten(value, Nowhere))
        {
            CommandResult result = _glass.Run("!map 2");
            Assert.EndsWith($"host address 0x{Nowhere:x} given, expected 8 bytes in pool", Assert.Single(result.Notes));
            Assert.Equal(63, result.Tables[0].Rows.Count);
        }
    }

    [Fact]
    public void Many_broken_buckets_are_a_few_lines()
    {
        Filled(out ITargetObject table);
        ulong* heads = (ulong*)Field(table, "_heads");
        ulong[] good = new Span<ulong>(heads, 64).ToArray();
        new Span<ulong>(heads, 64).Fill(Nowhere);
        CommandResult result = _glass.Run("!map 2");
        good.CopyTo(new Span<ulong>(heads, 64));

        Assert.Equal("... and 56 more of this kind", result.Notes[^1]);
        Assert.Equal(9, result.Notes.Count);
        Assert.Empty(result.Tables[0].Rows);
    }

    [Fact]
    public void A_prefix_that_is_longer_than_its_key_is_one_line()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.LpmTrie, keySize: 8);
        map.Update([8, 0, 0, 0, 10, 0, 0, 0], map.Value(1)).Expect(EbpfResult.Success);
        ITargetObject table = Map().ReadStruct("_trie").ReadObject("<Table>k__BackingField")!;
        using (new Overwritten((ulong*)((byte*)Block(table) + 4), 0xFFFF_FFFF))
        {
            Assert.Contains("which belongs to none: its prefix is too long", Assert.Single(_glass.Run("!map 2").Notes));
        }
    }

    [Fact]
    public void A_queue_whose_slot_is_damaged_shows_the_others()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.Queue, keySize: 0);
        map.Update([], map.Value(1)).Expect(EbpfResult.Success);
        map.Update([], map.Value(2)).Expect(EbpfResult.Success);
        using (new Overwritten((ulong*)Field(Map(), "_slots"), 0xDEAD_BEEF))
        {
            CommandResult result = _glass.Run("!map 2");
            Assert.StartsWith("the value in slot 0 cannot be read: host address 0xdeadbeef given", Assert.Single(result.Notes));
            Assert.Equal(map.Value(2), Assert.Single(ResultRow.Of(result.Tables[0])).Get<byte[]>("value"));
        }
    }

    [Fact]
    public void A_ring_of_the_flight_recorder_that_was_overwritten_is_one_line()
    {
        _machine.User.NewMap(BpfMapType.Hash);
        ITargetObject machine = _glass.Target.Wrap(_machine.Machine)!;
        ITargetArray rings = machine.ReadObject("<FlightRecorder>k__BackingField")!.ReadArray("_rings")!;
        ITargetObject ring = rings.Objects().First();
        using (new Overwritten((ulong*)Field(ring, "_address"), 0x4141_4141_4141_4141))
        {
            Assert.StartsWith("flight recorder: signature 0x41414141 given, expected 0x52444352", Assert.Single(_glass.Run("!rcdr").Notes));
        }
    }

    private static ulong Field(ITargetObject from, string field) => (ulong)from.ReadInteger(field);

    /// <summary>A hash map of 64 elements in 64 buckets.</summary>
    private TestMap Filled(out ITargetObject table)
    {
        TestMap map = _machine.User.NewMap(BpfMapType.Hash);
        map.Fill(64);
        table = Map().ReadObject("_table")!;
        return map;
    }

    private ITargetObject Map() =>
        CoreView.Find(MachineDirectory.Find(_glass.Target).Single(m => m.Object.Address == _glass.Target.NumberOf(_machine.Machine)))!
            .Maps.Single().Object.Object;

    /// <summary>The block of the first bucket that has elements.</summary>
    private static ulong Block(ITargetObject table)
    {
        ulong empty = Field(table, "<Empty>k__BackingField");
        ulong* head = (ulong*)Field(table, "_heads");
        while (*head == empty)
        {
            head++;
        }

        return *head;
    }

    /// <summary>Puts a word elsewhere, until it is disposed of: the driver must find the right one again.</summary>
    private sealed class Overwritten : IDisposable
    {
        private readonly ulong* _place;
        private readonly ulong _good;

        public Overwritten(ulong* place, ulong garbage)
        {
            _place = place;
            _good = *place;
            *place = garbage;
        }

        public void Dispose() => *_place = _good;
    }
}
