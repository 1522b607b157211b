using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

public class SingleElementTests
{
    public static TheoryData<LibraryVersion> Versions => [LibraryVersion.Checked, LibraryVersion.Upstream, LibraryVersion.Before3564];

    public static TheoryData<LibraryVersion, string, Errno, string?> Rows()
    {
        // Each row has everything wrong from one check on.
        (string Call, Errno Errno, string? Check)[] rows =
        [
            ("lookup fd key", Errno.EBADF, "api.descriptor"),
            ("lookup key", Errno.EINVAL, "api.key_presence"),
            ("lookup absent", Errno.ENOENT, null),
            ("lookup", Errno.None, null),
            ("lookup_and_delete fd key", Errno.EBADF, "api.descriptor"),
            ("lookup_and_delete key", Errno.EINVAL, "api.key_presence"),
            ("lookup_and_delete absent", Errno.ENOENT, null),
            ("lookup_and_delete", Errno.None, null),
            ("lookup_and_delete array", Errno.EINVAL, "map.find_and_delete.supported"),
            ("update flags fd key", Errno.EINVAL, "api.update_flags"),
            ("update fd key", Errno.EBADF, "api.descriptor"),
            ("update key", Errno.EINVAL, "api.key_presence"),
            ("update noexist", Errno.EEXIST, null),
            ("update exist absent", Errno.ENOENT, null),
            ("update", Errno.None, null),
            ("update array absent", Errno.EINVAL, "map.update.index"),
            ("update array noexist", Errno.EINVAL, "map.update.noexist"),
            ("delete fd", Errno.EBADF, "api.descriptor"),
            ("delete absent", Errno.ENOENT, null),
            ("delete", Errno.None, null),
            ("delete array absent", Errno.EINVAL, "map.delete.index"),
            ("next_key next fd", Errno.EINVAL, "api.next_key.next_key"),
            ("next_key fd", Errno.EBADF, "api.descriptor"),
            ("next_key", Errno.ENOENT, null),
            ("next_key key", Errno.None, null),
            ("next_key absent", Errno.None, null),
        ];
        var data = new TheoryData<LibraryVersion, string, Errno, string?>();
        foreach (LibraryVersion version in Enum.GetValues<LibraryVersion>())
        {
            foreach ((string call, Errno errno, string? check) in rows)
            {
                data.Add(version, call, errno, check);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_first_thing_that_is_wrong_answers(LibraryVersion version, string row, Errno errno, string? check)
    {
        string[] words = row.Split(' ');
        using var lab = new Lab(version);
        Libbpf bpf = lab.Library;
        int map = lab.CreateMap(words.Contains("array") ? BpfMapType.Array : BpfMapType.Hash, maxEntries: 7);
        lab.Fill(map, BpfMapType.Array, 1);
        int fd = words.Contains("fd") ? 1234 : map;
        ulong key = words.Contains("key") ? 0 : lab.Put(words.Contains("absent") ? 77u : 0);
        ulong value = lab.Put(42UL);
        ulong flags = words.Contains("flags") ? 3u : words.Contains("noexist") ? 1u : words.Contains("exist") ? 2u : 0;
        int result = words[0] switch
        {
            "lookup" => bpf.bpf_map_lookup_elem(fd, key, value),
            "lookup_and_delete" => bpf.bpf_map_lookup_and_delete_elem(fd, key, value),
            "update" => bpf.bpf_map_update_elem(fd, key, value, flags),
            "delete" => bpf.bpf_map_delete_elem(fd, key),
            _ => bpf.bpf_map_get_next_key(fd, key, words.Contains("next") ? 0 : lab.Allocate(4)),
        };
        Assert.Equal(-(int)errno, result);
        Assert.Equal(check, bpf.LastRefusal?.Check.Id);
        if (errno != Errno.None)
        {
            Assert.Equal(errno, bpf.errno);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_value_comes_back_as_it_went_in_and_is_gone_once_taken(LibraryVersion version)
    {
        using var lab = new Lab(version, cpus: 3);
        int fd = lab.CreateMap(BpfMapType.PercpuHash, keySize: 5, valueSize: 12);
        ulong key = lab.Put<byte>(1, 2, 3, 4, 5);
        byte[] bytes = [.. Enumerable.Range(100, 48).Select(b => (byte)b)];
        ulong room = lab.Allocate(48);
        Assert.Equal(0, lab.Library.bpf_map_update_elem(fd, key, lab.Put<byte>(bytes), 0));
        Assert.Equal(0, lab.Library.bpf_map_lookup_elem(fd, key, room));
        Assert.Equal(bytes, lab.Bytes(room, 48));
        lab.Bytes(room, 48, Protocol.Gate.MemoryAccess.Write).Clear();
        Assert.Equal(0, lab.Library.bpf_map_lookup_and_delete_elem(fd, key, room));
        Assert.Equal(bytes, lab.Bytes(room, 48));
        Assert.Equal(-(int)Errno.ENOENT, lab.Library.bpf_map_lookup_elem(fd, key, room));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Next_key_goes_through_all_keys_and_starts_over_after_one_that_is_missing(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Hash);
        lab.Fill(fd, BpfMapType.Hash, 50);
        ulong next = lab.Allocate(4);
        Assert.Equal(0, lab.Library.bpf_map_get_next_key(fd, 0, next));
        uint first = lab.Read<uint>(next);
        Assert.Equal(0, lab.Library.bpf_map_get_next_key(fd, lab.Put(999u), next));
        Assert.Equal(first, lab.Read<uint>(next));
        var keys = new HashSet<uint> { first };
        while (lab.Library.bpf_map_get_next_key(fd, next, next) == 0)
        {
            Assert.True(keys.Add(lab.Read<uint>(next)));
        }

        Assert.Equal(50, keys.Count);
        Assert.Equal(Errno.ENOENT, lab.Library.errno);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void An_element_that_fits_no_request_is_too_large_for_the_header(LibraryVersion version)
    {
        using var lab = new Lab(version, cpus: 1);
        int fd = lab.CreateMap(BpfMapType.Hash, valueSize: 65_535 - 20 - 4);
        int tooLarge = lab.CreateMap(BpfMapType.Hash, valueSize: 65_535 - 20 - 3);
        ulong key = lab.Put(1u);
        ulong value = lab.Allocate(65_536);
        Assert.Equal(0, lab.Library.bpf_map_update_elem(fd, key, value, 0));
        Assert.Equal(-(int)Errno.EOTHER, lab.Library.bpf_map_update_elem(tooLarge, key, value, 0));
        Assert.Equal("api.message_length", lab.Library.LastRefusal!.Check.Id);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_value_that_fits_no_reply_is_an_invalid_argument(LibraryVersion version)
    {
        using var lab = new Lab(version, cpus: 1);
        int fd = lab.CreateMap(BpfMapType.Array, valueSize: 65_535 - 8, maxEntries: 1);
        int tooLarge = lab.CreateMap(BpfMapType.Array, valueSize: 65_535 - 7, maxEntries: 1);
        ulong key = lab.Put(0u);
        ulong value = lab.Allocate(65_536);
        Assert.Equal(0, lab.Library.bpf_map_lookup_elem(fd, key, value));
        Assert.Equal(-(int)Errno.EINVAL, lab.Library.bpf_map_lookup_elem(tooLarge, key, value));
        Assert.Equal(
            version == LibraryVersion.Checked ? "api.value_fits" : "driver.message.max", lab.Library.LastRefusal!.Check.Id);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Errno_stays_what_the_last_failure_set_and_belongs_to_the_thread(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = lab.CreateMap(BpfMapType.Hash);
        ulong key = lab.Put(1u);
        ulong value = lab.Allocate(8);
        Assert.Equal(-(int)Errno.ENOENT, lab.Library.bpf_map_lookup_elem(fd, key, value));
        Assert.Equal(0, lab.Library.bpf_map_update_elem(fd, key, value, 0));
        Assert.Equal(Errno.ENOENT, lab.Library.errno);
        Errno elsewhere = Errno.EIO;
        HostThread.Run(() => elsewhere = lab.Library.errno).Join();
        Assert.Equal(Errno.None, elsewhere);
    }
}
