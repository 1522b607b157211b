using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>How many messages a batch call takes, at the borders of a full message.</summary>
public class ChunkTests
{
    // Elements in a full message: floor(65515 / record), floor(65519 / key), floor(65527 / record).
    public static TheoryData<LibraryVersion, BpfMapType, int, uint, uint, uint, uint> Shapes()
    {
        var data = new TheoryData<LibraryVersion, BpfMapType, int, uint, uint, uint, uint>();
        foreach (LibraryVersion version in (LibraryVersion[])[LibraryVersion.Checked, LibraryVersion.Upstream])
        {
            data.Add(version, BpfMapType.Hash, 2, 8, 5459, 16_379, 5460);
            data.Add(version, BpfMapType.PercpuHash, 8, 8, 963, 16_379, 963);
            data.Add(version, BpfMapType.PercpuHash, 64, 8, 126, 16_379, 126);
            data.Add(version, BpfMapType.PercpuHash, 1024, 8, 7, 16_379, 7);
            data.Add(version, BpfMapType.PercpuHash, 1024, 24, 2, 16_379, 2);
            data.Add(version, BpfMapType.PercpuHash, 3, 12, 1259, 16_379, 1260);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void One_element_more_than_a_full_message_takes_one_message_more(
        LibraryVersion version, BpfMapType type, int cpus, uint valueSize, uint update, uint delete, uint lookup)
    {
        using var lab = new Lab(version, cpus);
        int fd = lab.CreateMap(type, valueSize: valueSize, maxEntries: 1 << 15);
        uint valueBytes = lab.ValueBytes(type, valueSize);
        ulong opts = lab.Options();
        foreach ((uint count, int messages) in ((uint, int)[])[(update - 1, 1), (update, 1), (update + 1, 2), (2 * update, 2)])
        {
            Assert.Equal(messages, Messages(lab, () => AssertDone(lab, fd, count, valueBytes, b => b.Update(opts))));
        }

        foreach ((uint count, int messages) in ((uint, int)[])[(lookup - 1, 1), (lookup, 1), (lookup + 1, 2), (2 * lookup, 2)])
        {
            Fill(lab, fd, count, valueBytes);
            Assert.Equal(messages, Messages(lab, () => AssertDone(lab, fd, count, valueBytes, b => b.Lookup(opts))));
            Assert.Equal(messages, Messages(lab, () => AssertDone(lab, fd, count, valueBytes, b => b.LookupAndDelete(opts))));
        }

        foreach ((uint count, int messages) in ((uint, int)[])[(delete - 1, 1), (delete, 1), (delete + 1, 2)])
        {
            if (cpus <= 64)
            {
                Fill(lab, fd, count, valueBytes);
                Assert.Equal(messages, Messages(lab, () => AssertDone(lab, fd, count, valueBytes, b => b.Delete(opts))));
            }
        }
    }

    [Fact]
    public void Where_no_element_fits_a_message_the_checked_library_says_so_and_what_would_fit()
    {
        using var lab = new Lab(cpus: 1024);
        int fd = lab.CreateMap(BpfMapType.PercpuHash, valueSize: 64);
        Batch batch = lab.NewBatch(fd, 2, 4, 64 * 1024);
        Assert.Equal(-(int)Errno.EINVAL, batch.Lookup(0));
        Refusal refusal = lab.Library.LastRefusal!;
        Assert.Equal(("api.batch.record_fits", 65_540L, 65_527L), (refusal.Check.Id, refusal.Given, refusal.Expected));
        Assert.StartsWith("map 'stats': bytes of one element 65540 given, expected ", refusal.Line, StringComparison.Ordinal);

        Assert.Equal(-(int)Errno.EINVAL, lab.Library.bpf_map_lookup_elem(fd, batch.Keys, batch.Values));
        Assert.Equal("api.value_fits", lab.Library.LastRefusal!.Check.Id);
        Assert.Equal(-(int)Errno.EOTHER, lab.Library.bpf_map_update_elem(fd, batch.Keys, batch.Values, 0));
        Assert.Equal("api.message_length", lab.Library.LastRefusal!.Check.Id);
    }

    [Fact]
    public void An_exact_multiple_of_a_full_message_reads_well_in_checked_and_fails_with_all_data_read_in_upstream()
    {
        const uint Full = 5460;
        foreach (LibraryVersion version in Enum.GetValues<LibraryVersion>())
        {
            using var lab = new Lab(version, cpus: 1);
            int fd = lab.CreateMap(BpfMapType.Hash, maxEntries: 1 << 14);
            Fill(lab, fd, 2 * Full, 8);
            Batch batch = lab.NewBatch(fd, (2 * Full) + 1, 4, 8);
            lab.Write(batch.OutBatch, 0xAAAAAAAAu);
            int result = batch.Lookup(lab.Options());
            Assert.Equal(2 * Full, (uint)batch.KeysNow((int)(2 * Full)).Distinct().Count());
            if (version == LibraryVersion.Checked)
            {
                Assert.Equal((0, 2 * Full), (result, batch.CountNow));
                Assert.Equal(batch.KeysNow((int)(2 * Full))[^1], lab.Read<uint>(batch.OutBatch));
            }
            else
            {
                Assert.Equal((-(int)Errno.ENOENT, (2 * Full) + 1), (result, batch.CountNow));
                Assert.Equal(0xAAAAAAAAu, lab.Read<uint>(batch.OutBatch));
            }

            // The delete variant: upstream has deleted what it reports as failure.
            batch.CountNow = (2 * Full) + 1;
            result = batch.LookupAndDelete(lab.Options());
            Assert.Equal(version == LibraryVersion.Checked ? 0 : -(int)Errno.ENOENT, result);
            Assert.Equal(version == LibraryVersion.Checked ? 2 * Full : (2 * Full) + 1, batch.CountNow);
            batch.CountNow = 1;
            Assert.Equal(-(int)Errno.ENOENT, batch.Lookup(lab.Options()));
        }
    }

    /// <summary>Control requests that carry elements. The versions without a cache ask for the definition before, once a call.</summary>
    private static int Messages(Lab lab, Action call)
    {
        int before = lab.Tap.Requests;
        call();
        return lab.Tap.Requests - before - (lab.Library.Version == LibraryVersion.Checked ? 0 : 1);
    }

    private static void AssertDone(Lab lab, int fd, uint count, uint valueBytes, Func<Batch, int> call)
    {
        Batch batch = lab.NewBatch(fd, count, 4, valueBytes);
        for (uint key = 0; key < count; key++)
        {
            lab.Write(batch.Keys + (key * 4), key);
        }

        Assert.Equal(0, call(batch));
        Assert.Equal(count, batch.CountNow);
        batch.Free();
    }

    /// <summary>Leaves exactly the keys below <paramref name="count"/> in the map.</summary>
    private static void Fill(Lab lab, int fd, uint count, uint valueBytes)
    {
        ulong key = lab.Allocate(4);
        while (lab.Library.bpf_map_get_next_key(fd, 0, key) == 0)
        {
            Assert.Equal(0, lab.Library.bpf_map_delete_elem(fd, key));
        }

        lab.Memory.Free(key);
        AssertDone(lab, fd, count, valueBytes, b => b.Update(lab.Options()));
    }
}
