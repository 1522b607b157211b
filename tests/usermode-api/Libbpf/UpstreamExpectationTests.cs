using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>What upstream's own test of batches expects, step by step, in every version that can meet it.</summary>
public class UpstreamExpectationTests
{
    private const uint Elements = 20_000;

    public static TheoryData<LibraryVersion, BpfMapType> VersionsAndTypes => new()
    {
        { LibraryVersion.Checked, BpfMapType.Hash },
        { LibraryVersion.Checked, BpfMapType.PercpuHash },
        { LibraryVersion.Checked, BpfMapType.LruHash },
        { LibraryVersion.Checked, BpfMapType.LruPercpuHash },
        { LibraryVersion.Upstream, BpfMapType.Hash },
        { LibraryVersion.Upstream, BpfMapType.PercpuHash },
        { LibraryVersion.Upstream, BpfMapType.LruHash },
        { LibraryVersion.Upstream, BpfMapType.LruPercpuHash },

        // On an ordinary map the bug of #3564 does not show.
        { LibraryVersion.Before3564, BpfMapType.Hash },
        { LibraryVersion.Before3564, BpfMapType.LruHash },
    };

    [Theory]
    [MemberData(nameof(VersionsAndTypes))]
    public void Twenty_thousand_elements_go_in_come_back_and_go_away(LibraryVersion version, BpfMapType type)
    {
        using var lab = new Lab(version, cpus: 2);
        int fd = lab.CreateMap(type, maxEntries: 1 << 20);
        uint valueBytes = lab.ValueBytes(type, 8);
        ulong opts = lab.Options();
        ulong noExist = lab.Options(elemFlags: 1);

        Batch update = lab.NewBatch(fd, Elements, 4, valueBytes);
        for (uint key = 0; key < Elements; key++)
        {
            lab.Write(update.Keys + (key * 4), key);
            lab.Write(update.Values + (key * valueBytes), key * 7UL);
        }

        Assert.Equal(0, update.Update(noExist));
        Assert.Equal(Elements, update.CountNow);

        Batch exact = lab.NewBatch(fd, Elements, 4, valueBytes);
        Assert.Equal(0, exact.Lookup(opts));
        Assert.Equal(Elements, exact.CountNow);

        Batch roomy = lab.NewBatch(fd, 2 * Elements, 4, valueBytes);
        Assert.Equal(0, roomy.Lookup(opts));
        Assert.Equal(Elements, roomy.CountNow);
        AssertAllOnce(lab, roomy, Elements);

        roomy.CountNow = Elements;
        Assert.Equal(-(int)Errno.ENOENT, roomy.Lookup(opts, inBatch: roomy.OutBatch));
        Assert.Equal(Errno.ENOENT, lab.Library.errno);
        Assert.Equal(version == LibraryVersion.Checked ? 0 : Elements, roomy.CountNow);

        Assert.Equal(0, update.Delete(opts));
        Assert.Equal(Elements, update.CountNow);
        Assert.Equal(-(int)Errno.ENOENT, exact.Lookup(opts));

        update.CountNow = Elements;
        exact.CountNow = Elements;
        lab.Write(exact.OutBatch, uint.MaxValue);
        Assert.Equal(0, update.Update(noExist));
        Assert.Equal(0, exact.LookupAndDelete(opts));
        Assert.Equal(Elements, exact.CountNow);
        Assert.Equal(version == LibraryVersion.Checked ? exact.KeysNow((int)Elements)[^1] : 0, lab.Read<uint>(exact.OutBatch));
        exact.CountNow = Elements;
        Assert.Equal(-(int)Errno.ENOENT, exact.Lookup(opts));
    }

    [Theory]
    [MemberData(nameof(VersionsAndTypes))]
    public void Smaller_batches_bring_every_element_once(LibraryVersion version, BpfMapType type)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(type);
        lab.Fill(fd, type, 1000);
        ulong opts = lab.Options();
        Batch batch = lab.NewBatch(fd, 77, 4, lab.ValueBytes(type, 8));
        var seen = new List<uint>();
        ulong inBatch = 0;
        int result;
        while ((result = batch.Lookup(opts, inBatch)) == 0)
        {
            seen.AddRange(batch.KeysNow((int)batch.CountNow));
            inBatch = batch.OutBatch;
            batch.CountNow = 77;
        }

        Assert.Equal(-(int)Errno.ENOENT, result);
        Assert.Equal(Enumerable.Range(0, 1000).Select(k => (uint)k), seen.Order());
    }

    public static TheoryData<LibraryVersion> Versions => [LibraryVersion.Checked, LibraryVersion.Upstream, LibraryVersion.Before3564];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Wrong_counts_flags_and_descriptors_are_refused(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Hash);
        Batch batch = lab.NewBatch(fd, 1, 4, 8);
        Batch nowhere = lab.NewBatch(0x10000000, 1, 4, 8);
        ulong opts = lab.Options();
        ulong badFlags = lab.Options(flags: 0x100);
        ulong badElemFlags = lab.Options(elemFlags: 0x100);
        foreach (Func<Batch, ulong, int> call in (Func<Batch, ulong, int>[])[
            (b, o) => b.Update(o), (b, o) => b.Lookup(o), (b, o) => b.Delete(o)])
        {
            batch.CountNow = 0;
            AssertRefused(lab, Errno.EINVAL, "api.batch.count", call(batch, opts));
            batch.CountNow = 1;
            AssertRefused(lab, Errno.EINVAL, "api.batch.flags", call(batch, badFlags));
            batch.CountNow = 1;
            Assert.Equal(-(int)Errno.EINVAL, call(batch, badElemFlags));
            Assert.Contains(lab.Library.LastRefusal!.Check.Id, (string[])["api.batch.elem_flags", "api.update_flags"]);
            nowhere.CountNow = 1;
            AssertRefused(lab, Errno.EBADF, "api.descriptor", call(nowhere, opts));
        }
    }

    private static void AssertRefused(Lab lab, Errno errno, string check, int result)
    {
        Assert.Equal(-(int)errno, result);
        Assert.Equal(errno, lab.Library.errno);
        Assert.Equal(check, lab.Library.LastRefusal?.Check.Id);
    }

    private static void AssertAllOnce(Lab lab, Batch batch, uint count)
    {
        uint[] keys = batch.KeysNow((int)count);
        Assert.Equal(count, (uint)keys.Distinct().Count());
        for (uint i = 0; i < count; i++)
        {
            Assert.Equal(keys[i] * 7UL, lab.Read<ulong>(batch.Values + (i * batch.ValueBytes)));
        }
    }
}
