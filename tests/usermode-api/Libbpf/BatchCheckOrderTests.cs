using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>
/// The order in which a batch call checks: in each row everything from one check on is wrong, and that check must be the one that answers.
/// </summary>
public class BatchCheckOrderTests
{
    private const int BadFd = 0x10000000;

    public static TheoryData<LibraryVersion, string, string, Errno> Rows()
    {
        (string Call, string Wrong, string Check, Errno Errno)[] rows =
        [
            ("lookup", "flags elem_flags count fd", "api.batch.flags", Errno.EINVAL),
            ("lookup", "elem_flags count fd", "api.batch.elem_flags", Errno.EINVAL),
            ("lookup", "count fd", "api.batch.count", Errno.EINVAL),
            ("lookup", "fd", "api.descriptor", Errno.EBADF),
            ("lookup", "large", "api.batch.record_fits", Errno.EINVAL),
            ("lookup_and_delete", "flags elem_flags count fd", "api.batch.flags", Errno.EINVAL),
            ("lookup_and_delete", "elem_flags count fd", "api.batch.count", Errno.EINVAL),
            ("lookup_and_delete", "elem_flags fd", "api.descriptor", Errno.EBADF),
            ("lookup_and_delete", "elem_flags large", "api.batch.record_fits", Errno.EINVAL),
            ("update", "flags elem_flags fd keys count", "api.batch.flags", Errno.EINVAL),
            ("update", "elem_flags fd keys count", "api.update_flags", Errno.EINVAL),
            ("update", "fd keys count", "api.descriptor", Errno.EBADF),
            ("update", "keys count", "api.key_presence", Errno.EINVAL),
            ("update", "count large", "api.batch.count", Errno.EINVAL),
            ("update", "large", "api.batch.record_fits", Errno.EINVAL),
            ("delete", "flags elem_flags fd count", "api.batch.flags", Errno.EINVAL),
            ("delete", "elem_flags fd count", "api.batch.elem_flags", Errno.EINVAL),
            ("delete", "fd count", "api.descriptor", Errno.EBADF),
            ("delete", "count", "api.batch.count", Errno.EINVAL),
        ];
        var data = new TheoryData<LibraryVersion, string, string, Errno>();
        foreach (LibraryVersion version in Enum.GetValues<LibraryVersion>())
        {
            foreach ((string call, string wrong, string check, Errno errno) in rows)
            {
                data.Add(version, $"{call}: {wrong}", check, errno);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_first_check_that_fails_answers(LibraryVersion version, string row, string check, Errno errno)
    {
        string[] words = row.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries);
        using var lab = new Lab(version);
        uint valueSize = words.Contains("large") ? 65_600u : 8;
        int fd = words.Contains("fd") ? BadFd : lab.CreateMap(BpfMapType.Hash, valueSize: valueSize);
        Batch batch = lab.NewBatch(fd, 1, 4, valueSize);
        batch.CountNow = words.Contains("count") ? 0u : 1;
        batch.Keys = words.Contains("keys") ? 0 : batch.Keys;
        ulong opts = lab.Options(words.Contains("elem_flags") ? 0x100u : 0, words.Contains("flags") ? 0x100u : 0);
        int result = words[0] switch
        {
            "lookup" => batch.Lookup(opts),
            "lookup_and_delete" => batch.LookupAndDelete(opts),
            "update" => batch.Update(opts),
            _ => batch.Delete(opts),
        };

        Assert.Equal(-(int)errno, result);
        Assert.Equal(errno, lab.Library.errno);
        Assert.Equal(check, lab.Library.LastRefusal!.Check.Id);
        Assert.EndsWith($"[{lab.Library.LastRefusal.Check}] -> {errno}", lab.Library.LastRefusal.Line);
    }

    [Theory]
    [InlineData(LibraryVersion.Checked)]
    [InlineData(LibraryVersion.Upstream)]
    [InlineData(LibraryVersion.Before3564)]
    public void A_descriptor_of_something_that_is_no_map_is_an_invalid_argument(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Hash);
        ulong key = lab.Put(1u);

        // The kernel says that it is a program.
        int twin = OpenAgain(lab, fd);
        lab.Tap.Reply = reply => lab.Write(reply.Address + 8, 3u);
        Batch batch = lab.NewBatch(twin, 1, 4, 8);
        foreach (int result in (int[])[
            batch.Lookup(lab.Options()),
            batch.Update(lab.Options()),
            batch.Delete(lab.Options()),
            lab.Library.bpf_map_lookup_elem(twin, key, batch.Values),
            lab.Library.bpf_map_update_elem(twin, key, batch.Values, 0),
            lab.Library.bpf_map_delete_elem(twin, key),
            lab.Library.bpf_map_get_next_key(twin, 0, key)])
        {
            Assert.Equal(-(int)Errno.EINVAL, result);
            Assert.Equal("api.map_properties", lab.Library.LastRefusal!.Check.Id);
            batch.CountNow = 1;
        }
    }

    [Theory]
    [InlineData(65_535 - 8, LibraryVersion.Checked, 0)]
    [InlineData(65_535 - 8, LibraryVersion.Upstream, 0)]
    [InlineData(65_535 - 7, LibraryVersion.Checked, 22)]
    [InlineData(65_535 - 7, LibraryVersion.Upstream, 22)]
    public void A_key_and_value_of_65527_bytes_can_be_read_and_one_byte_more_cannot(uint record, LibraryVersion version, int errno)
    {
        using var lab = new Lab(version, cpus: 1);
        int fd = lab.CreateMap(BpfMapType.Array, valueSize: record - 4, maxEntries: 2);
        Batch batch = lab.NewBatch(fd, 2, 4, record - 4);
        Assert.Equal(-errno, batch.Lookup(lab.Options()));
        Assert.Equal(errno == 0 ? null : "api.batch.record_fits", lab.Library.LastRefusal?.Check.Id);
        if (errno == 0)
        {
            Assert.Equal(2u, batch.CountNow);
        }
        else
        {
            Assert.Equal((65_528L, 65_527L), (lab.Library.LastRefusal!.Given, lab.Library.LastRefusal.Expected));
        }
    }

    [Theory]
    [InlineData(65_535 - 20, 0)]
    [InlineData(65_535 - 19, 22)]
    public void A_key_and_value_of_65515_bytes_can_be_stored_and_one_byte_more_cannot(uint record, int errno)
    {
        using var lab = new Lab(cpus: 1);
        int fd = lab.CreateMap(BpfMapType.Hash, valueSize: record - 4);
        Batch batch = lab.NewBatch(fd, 2, 4, record - 4);
        lab.Write(batch.Keys, 1u, 2u);
        Assert.Equal(-errno, batch.Update(lab.Options()));
        Assert.Equal(errno == 0 ? 2u : 0u, batch.CountNow);
    }

    [Theory]
    [InlineData(65_519, 0)]
    [InlineData(65_520, 22)]
    public void A_key_of_65519_bytes_can_be_deleted_in_a_batch_and_one_byte_more_cannot(uint keySize, int errno)
    {
        using var lab = new Lab(cpus: 1);
        int fd = lab.CreateMap(BpfMapType.Hash, keySize: keySize, valueSize: 8);
        Batch batch = lab.NewBatch(fd, 1, keySize, 8);
        if (errno == 0)
        {
            Assert.Equal(-(int)Errno.ENOENT, batch.Delete(lab.Options()));
        }
        else
        {
            Assert.Equal(-errno, batch.Delete(lab.Options()));
            Assert.Equal("api.batch.record_fits", lab.Library.LastRefusal!.Check.Id);
        }
    }

    private static int OpenAgain(Lab lab, int fd)
    {
        ulong info = lab.Allocate(96);
        Assert.Equal(0, lab.Library.bpf_obj_get_info_by_fd(fd, info, lab.Put(96u)));
        int again = lab.Library.bpf_map_get_fd_by_id(lab.Read<uint>(info));
        Assert.True(again > fd);
        return again;
    }
}
