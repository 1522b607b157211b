using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Libraries;

/// <summary>
/// Maps that the driver may not have, as the library sees them: the kernel's description of a map is changed on its way to the library.
/// </summary>
public class OtherMapsTests
{
    public static TheoryData<LibraryVersion> Versions => [LibraryVersion.Checked, LibraryVersion.Upstream, LibraryVersion.Before3564];

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_map_without_keys_has_no_batches_no_next_key_and_nothing_to_delete(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = Describe(lab, BpfMapType.Queue, keySize: 0, valueSize: 8);
        Libbpf bpf = lab.Library;
        Batch batch = lab.NewBatch(fd, 1, 4, 8);
        ulong opts = lab.Options();
        AssertRefused(lab, Errno.EINVAL, "api.batch.zero_size", batch.Lookup(opts));
        batch.CountNow = 1;
        AssertRefused(lab, Errno.EINVAL, "api.batch.zero_size", batch.Delete(opts));
        batch.CountNow = 1;
        AssertRefused(lab, Errno.EINVAL, "api.key_presence", batch.Update(opts));
        batch.CountNow = 1;
        batch.Keys = 0;
        AssertRefused(lab, Errno.EINVAL, "api.batch.zero_size", batch.Update(opts));
        AssertRefused(lab, Errno.EINVAL, "api.delete.no_keys", bpf.bpf_map_delete_elem(fd, batch.Values));
        AssertRefused(lab, Errno.ENOTSUP, "api.next_key.no_keys", bpf.bpf_map_get_next_key(fd, 0, batch.Values));
        AssertRefused(lab, Errno.EINVAL, "api.key_presence", bpf.bpf_map_lookup_elem(fd, batch.Values, batch.Values));

        // A push and a pop go to the driver, which knows that its map is none.
        Assert.Equal(-(int)Errno.EINVAL, bpf.bpf_map_update_elem(fd, 0, batch.Values, 0));
        Assert.Equal("map.update.value_size", bpf.LastRefusal!.Check.Id);
        Assert.Equal(-(int)Errno.EINVAL, bpf.bpf_map_lookup_and_delete_elem(fd, 0, batch.Values));
        Assert.Equal("map.find.key_size", bpf.LastRefusal!.Check.Id);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_per_cpu_value_over_32_bits_overflows(LibraryVersion version)
    {
        using var lab = new Lab(version, cpus: 4);
        int fd = Describe(lab, BpfMapType.PercpuHash, keySize: 4, valueSize: 1u << 30);
        Batch batch = lab.NewBatch(fd, 1, 4, 8);
        ulong opts = lab.Options();
        AssertRefused(lab, Errno.EOTHER, "api.value_overflow", batch.Lookup(opts));
        AssertRefused(lab, Errno.EOTHER, "api.value_overflow", lab.Library.bpf_map_lookup_elem(fd, batch.Keys, batch.Values));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Values_that_are_objects_go_as_handles_one_message_each(LibraryVersion version)
    {
        using var lab = new Lab(version);
        int fd = Describe(lab, BpfMapType.ArrayOfMaps, keySize: 4, valueSize: 4);
        int inner = lab.Library.bpf_map_create(BpfMapType.Array, "inner", 4, 4, 1);
        Libbpf bpf = lab.Library;
        ulong key = lab.Put(0u);
        AssertRefused(lab, Errno.EBADF, "api.value_descriptor", bpf.bpf_map_update_elem(fd, key, lab.Put(77), 0));

        // The driver's map is an ordinary one, which takes no handles.
        foreach (int value in (int[])[inner, -1])
        {
            Assert.Equal(-(int)Errno.ENOTSUP, bpf.bpf_map_update_elem(fd, key, lab.Put(value), 0));
            Assert.Equal("map.update_with_handle.supported", bpf.LastRefusal!.Check.Id);
        }

        Batch batch = lab.NewBatch(fd, 2, 4, 4);
        lab.Write(batch.Values, inner, 77);
        Assert.Equal(-(int)Errno.ENOTSUP, batch.Update(lab.Options()));
        lab.Write(batch.Values, 77, inner);
        batch.CountNow = 2;
        AssertRefused(lab, Errno.EBADF, "api.value_descriptor", batch.Update(lab.Options()));
        batch.CountNow = 0;
        Assert.Equal(0, batch.Update(lab.Options()));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_reply_of_another_size_than_its_structure_is_an_invalid_argument(LibraryVersion version)
    {
        using var lab = new Lab(version);
        lab.Tap.Status = block => lab.Write(block + 8, 12UL);
        AssertRefused(lab, Errno.EINVAL, "api.reply_length", lab.Library.bpf_map_create(BpfMapType.Hash, "m", 4, 8, 1));
        lab.Tap.Status = null;

        // Upstream forgets the handle too: the kernel's map stays until the process ends.
        Assert.Equal(3, lab.CreateMap(BpfMapType.Hash));
    }

    /// <summary>A descriptor of a map that the library takes for another.</summary>
    private static int Describe(Lab lab, BpfMapType type, uint keySize, uint valueSize)
    {
        int original = lab.CreateMap(BpfMapType.Array, maxEntries: 4);
        ulong info = lab.Allocate(96);
        Assert.Equal(0, lab.Library.bpf_obj_get_info_by_fd(original, info, lab.Put(96u)));
        int fd = lab.Library.bpf_map_get_fd_by_id(lab.Read<uint>(info));
        Assert.Equal(0, lab.Library.close(original));
        lab.Tap.Reply = reply =>
        {
            if (reply.Length == GetObjectInfoReply.TailOffset + 96)
            {
                ulong map = reply.Address + GetObjectInfoReply.TailOffset;
                lab.Write(map + 4, (uint)type, keySize, valueSize);
            }
        };
        return fd;
    }

    private static void AssertRefused(Lab lab, Errno errno, string check, int result)
    {
        Assert.Equal(-(int)errno, result);
        Assert.Equal(check, lab.Library.LastRefusal?.Check.Id);
    }
}
