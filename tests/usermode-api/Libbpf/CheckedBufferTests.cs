using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>The checked library compares every buffer with what the call would touch, before it touches anything.</summary>
public class CheckedBufferTests
{
    private const int Cpus = 4;

    public static TheoryData<string, string, long, long> ShortBuffers => new()
    {
        // Two elements of a 4-byte key and pad8(12) x 4 = 64 bytes of value.
        { "lookup keys 7", "api.lookup_batch.keys_size", 7, 8 },
        { "lookup values 127", "api.lookup_batch.values_size", 127, 128 },
        { "lookup values 24", "api.lookup_batch.values_size", 24, 128 },
        { "lookup out_batch 3", "api.lookup_batch.out_batch_size", 3, 4 },
        { "lookup in_batch 3", "api.lookup_batch.in_batch_size", 3, 4 },
        { "lookup count 3", "api.batch.count_size", 3, 4 },
        { "lookup opts 23", "api.batch.opts_size", 23, 24 },
        { "lookup_and_delete keys 7", "api.lookup_batch.keys_size", 7, 8 },
        { "lookup_and_delete values 0", "api.lookup_batch.values_size", 0, 128 },
        { "lookup_and_delete out_batch 0", "api.lookup_batch.out_batch_size", 0, 4 },
        { "lookup_and_delete opts 16", "api.batch.opts_size", 16, 24 },
        { "update keys 7", "api.update_batch.keys_size", 7, 8 },
        { "update values 127", "api.update_batch.values_size", 127, 128 },
        { "update count 0", "api.batch.count_size", 0, 4 },
        { "update opts 23", "api.batch.opts_size", 23, 24 },
        { "delete keys 7", "api.delete_batch.keys_size", 7, 8 },
        { "delete count 3", "api.batch.count_size", 3, 4 },
        { "delete opts 23", "api.batch.opts_size", 23, 24 },
        { "lookup_elem keys 3", "api.lookup.key_size", 3, 4 },
        { "lookup_elem values 63", "api.lookup.value_size", 63, 64 },
        { "lookup_and_delete_elem values 12", "api.lookup.value_size", 12, 64 },
        { "update_elem keys 3", "api.update.key_size", 3, 4 },
        { "update_elem values 12", "api.update.value_size", 12, 64 },
        { "delete_elem keys 3", "api.delete.key_size", 3, 4 },
        { "next_key keys 3", "api.next_key.key_size", 3, 4 },
        { "next_key values 3", "api.next_key.next_key_size", 3, 4 },
    };

    [Theory]
    [MemberData(nameof(ShortBuffers))]
    public void A_short_buffer_is_refused_in_both_heaps_and_nothing_moves(string row, string check, long given, long expected)
    {
        foreach (HeapMode heap in Enum.GetValues<HeapMode>())
        {
            using var lab = new Lab(cpus: Cpus, heap: heap);
            int fd = lab.CreateMap(BpfMapType.PercpuHash, valueSize: 12);
            ulong key = lab.Put(1u);
            ulong value = lab.Put<byte>([.. Enumerable.Repeat((byte)9, 64)]);
            Assert.Equal(0, lab.Library.bpf_map_update_elem(fd, key, value, 0));

            string[] words = row.Split(' ');
            ulong block = lab.Put<byte>([.. Enumerable.Repeat((byte)0xC3, int.Parse(words[2], null))]);
            int requests = lab.Tap.Requests;
            Assert.Equal(-(int)Errno.EINVAL, Call(lab, fd, words[0], words[1], block));
            Refusal refusal = lab.Library.LastRefusal!;
            Assert.Equal((check, given, expected), (refusal.Check.Id, refusal.Given, refusal.Expected));
            Assert.Equal(requests, lab.Tap.Requests);
            Assert.All(lab.Bytes(block, (int)given).ToArray(), b => Assert.Equal(0xC3, b));
            Assert.False(lab.Process.HasExited);
        }
    }

    [Theory]
    [InlineData("lookup keys")]
    [InlineData("lookup values")]
    [InlineData("lookup out_batch")]
    [InlineData("lookup count")]
    [InlineData("update values")]
    [InlineData("delete keys")]
    [InlineData("lookup_elem values")]
    [InlineData("update_elem values")]
    public void A_null_pointer_and_a_wild_one_are_buffers_of_no_bytes(string row)
    {
        string[] words = row.Split(' ');
        foreach (ulong pointer in (ulong[])[0, 0xDEAD_0000_0000])
        {
            using var lab = new Lab(cpus: Cpus);
            int fd = lab.CreateMap(BpfMapType.PercpuHash, valueSize: 12);
            Assert.Equal(-(int)Errno.EINVAL, Call(lab, fd, words[0], words[1], pointer));
            Assert.Equal(0, lab.Library.LastRefusal!.Given);
        }
    }

    [Fact]
    public void A_refusal_says_given_expected_and_formula_in_one_line()
    {
        using var lab = new Lab(cpus: 8);
        int fd = lab.CreateMap(BpfMapType.PercpuHash);
        Batch batch = lab.NewBatch(fd, 1000, 4, valueBytes: 8);
        Assert.Equal(-(int)Errno.EINVAL, batch.Lookup(0));
        Assert.Equal(
            "map 'stats': values 8000 bytes given, expected 1000 x 64 = 64000 (pad8(8) x 8 CPUs = 64) "
            + "[KS1212 api.lookup_batch.values_size] -> EINVAL",
            lab.Library.LastRefusal!.Line);
        Assert.Equal(-(int)Errno.EINVAL, lab.Library.bpf_map_lookup_elem(fd, batch.Keys, lab.Allocate(8)));
        Assert.Equal(
            "map 'stats': value 8 bytes given, expected 64 (pad8(8) x 8 CPUs = 64) [KS1112 api.lookup.value_size] -> EINVAL",
            lab.Library.LastRefusal.Line);
    }

    [Fact]
    public void A_pointer_into_the_middle_of_a_block_has_what_is_left_of_it()
    {
        using var lab = new Lab(cpus: 1);
        int fd = lab.CreateMap(BpfMapType.Hash);
        lab.Fill(fd, BpfMapType.Hash, 2);
        ulong block = lab.Allocate(100);
        Batch batch = lab.NewBatch(fd, 2, 4, 8);
        batch.Values = block + 84;
        Assert.Equal(0, batch.Lookup(0));
        batch.Values = block + 85;
        batch.CountNow = 2;
        Assert.Equal(-(int)Errno.EINVAL, batch.Lookup(0));
        Assert.Equal((15L, 16L), (lab.Library.LastRefusal!.Given, lab.Library.LastRefusal.Expected));
    }

    [Fact]
    public void Memory_outside_the_heap_counts_up_to_its_end()
    {
        using var lab = new Lab(cpus: 1);
        int fd = lab.CreateMap(BpfMapType.Hash);
        lab.Fill(fd, BpfMapType.Hash, 2);
        ulong region = lab.Process.Memory.AllocateRegion(4096, PageProtection.ReadWrite);
        Batch batch = lab.NewBatch(fd, 2, 4, 8);
        batch.Values = region + 4080;
        Assert.Equal(0, batch.Lookup(0));
        batch.Values = region + 4081;
        batch.CountNow = 2;
        Assert.Equal(-(int)Errno.EINVAL, batch.Lookup(0));
        Assert.Equal((15L, 16L), (lab.Library.LastRefusal!.Given, lab.Library.LastRefusal.Expected));
    }

    [Fact]
    public void A_count_that_no_buffer_could_hold_is_refused_without_overflow()
    {
        using var lab = new Lab();
        int fd = lab.CreateMap(BpfMapType.PercpuHash);
        Batch batch = lab.NewBatch(fd, 1, 4, 32);
        batch.CountNow = uint.MaxValue;
        Assert.Equal(-(int)Errno.EINVAL, batch.Lookup(0));
        Assert.Equal(4L * uint.MaxValue, lab.Library.LastRefusal!.Expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    public void Values_of_any_size_take_slots_of_a_multiple_of_8_and_come_back_with_their_padding(uint valueSize)
    {
        using var lab = new Lab(cpus: 3);
        uint slot = (valueSize + 7) / 8 * 8;
        int fd = lab.CreateMap(BpfMapType.PercpuHash, valueSize: valueSize);
        Assert.Equal(slot * 3, lab.ValueBytes(BpfMapType.PercpuHash, valueSize));
        Batch batch = lab.NewBatch(fd, 5, 4, slot * 3);
        byte[] values = [.. Enumerable.Range(0, (int)(5 * slot * 3)).Select(i => (byte)(i + 1))];
        lab.Write<byte>(batch.Values, values);
        lab.Write(batch.Keys, 0u, 1u, 2u, 3u, 4u);
        Assert.Equal(0, batch.Update(0));
        Batch back = lab.NewBatch(fd, 5, 4, slot * 3);
        Assert.Equal(0, back.Lookup(0));
        uint[] keys = back.KeysNow(5);
        for (int i = 0; i < 5; i++)
        {
            int bytes = (int)(slot * 3);
            Assert.Equal(
                values.AsSpan((int)keys[i] * bytes, bytes), lab.Bytes(back.Values + (uint)(i * bytes), bytes));
        }

        Assert.Equal(-(int)Errno.EINVAL, lab.Library.bpf_map_lookup_elem(fd, batch.Keys, lab.Allocate((slot * 3) - 1)));
        Assert.Equal(0, lab.Library.bpf_map_lookup_elem(fd, batch.Keys, lab.Allocate(slot * 3)));
    }

    private static int Call(Lab lab, int fd, string call, string argument, ulong pointer)
    {
        Batch batch = lab.NewBatch(fd, 2, 4, 64);
        ulong opts = argument == "opts" ? pointer : lab.Options();
        ulong inBatch = argument == "in_batch" ? pointer : 0;
        batch.Keys = argument == "keys" ? pointer : batch.Keys;
        batch.Values = argument == "values" ? pointer : batch.Values;
        batch.OutBatch = argument == "out_batch" ? pointer : batch.OutBatch;
        batch.Count = argument == "count" ? pointer : batch.Count;
        return call switch
        {
            "lookup" => batch.Lookup(opts, inBatch),
            "lookup_and_delete" => batch.LookupAndDelete(opts, inBatch),
            "update" => batch.Update(opts),
            "delete" => batch.Delete(opts),
            "lookup_elem" => lab.Library.bpf_map_lookup_elem(fd, batch.Keys, batch.Values),
            "lookup_and_delete_elem" => lab.Library.bpf_map_lookup_and_delete_elem(fd, batch.Keys, batch.Values),
            "update_elem" => lab.Library.bpf_map_update_elem(fd, batch.Keys, batch.Values, 0),
            "delete_elem" => lab.Library.bpf_map_delete_elem(fd, batch.Keys),
            "next_key" => lab.Library.bpf_map_get_next_key(fd, batch.Keys, batch.Values),
            _ => throw new ArgumentOutOfRangeException(nameof(call)),
        };
    }
}
