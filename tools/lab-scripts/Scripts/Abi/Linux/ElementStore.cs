using System.Buffers.Binary;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>
/// The elements of maps, which are the simulated driver's under Linux's rules too. Calls have their arguments in blocks of their own in
/// the program's heap, and pass what the driver refuses as the library's errno.
/// </summary>
/// <param name="session">The session whose process makes the calls.</param>
internal sealed class ElementStore(ScriptSession session)
{
    /// <summary>Bytes of keys and values that are read at once.</summary>
    private const uint ChunkBytes = 1 << 20;

    /// <summary>Reads a value, and takes the element out of the map if <paramref name="delete"/>.</summary>
    public Errno Lookup(int fd, LinuxMap map, byte[] key, bool delete, out byte[] value)
    {
        using UserBlocks blocks = new(session.Gate);
        ulong k = Key(blocks, key);
        ulong v = blocks.AllocateZeroed(map.ValueBytes);
        int ret = delete ? session.Library.bpf_map_lookup_and_delete_elem(fd, k, v) : session.Library.bpf_map_lookup_elem(fd, k, v);
        value = ret == 0 ? blocks.Read(v, map.ValueBytes) : [];
        return (Errno)(-ret);
    }

    /// <summary>Inserts or replaces a value; pushes it to a queue.</summary>
    public Errno Update(int fd, byte[] key, byte[] value, ulong flags)
    {
        using UserBlocks blocks = new(session.Gate);
        return (Errno)(-session.Library.bpf_map_update_elem(fd, Key(blocks, key), blocks.Copy(value), flags));
    }

    /// <summary>Deletes an element.</summary>
    public Errno Delete(int fd, byte[] key)
    {
        using UserBlocks blocks = new(session.Gate);
        return (Errno)(-session.Library.bpf_map_delete_elem(fd, Key(blocks, key)));
    }

    /// <summary>All elements of a map with keys, in the driver's order.</summary>
    public List<KeyValuePair<byte[], byte[]>> ReadAll(int fd, LinuxMap map)
    {
        uint room = Math.Max(1, ChunkBytes / (map.KeySize + map.ValueBytes));
        List<KeyValuePair<byte[], byte[]>> all = [];
        using UserBlocks blocks = new(session.Gate);
        ulong keys = blocks.Allocate(room * map.KeySize);
        ulong values = blocks.Allocate(room * map.ValueBytes);
        ulong cursor = blocks.AllocateZeroed(map.KeySize);
        byte[] number = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(number, room);
        ulong from = 0;
        for (uint got = room; got == room; from = cursor)
        {
            ulong count = blocks.Copy(number);
            if (session.Library.bpf_map_lookup_batch(fd, from, cursor, keys, values, count, 0) != 0)
            {
                break;
            }

            got = BinaryPrimitives.ReadUInt32LittleEndian(blocks.Read(count, sizeof(uint)));
            byte[] readKeys = blocks.Read(keys, got * map.KeySize);
            byte[] readValues = blocks.Read(values, got * map.ValueBytes);
            for (int i = 0; i < got; i++)
            {
                all.Add(new(
                    readKeys.AsSpan(i * (int)map.KeySize, (int)map.KeySize).ToArray(),
                    readValues.AsSpan(i * (int)map.ValueBytes, (int)map.ValueBytes).ToArray()));
            }
        }

        return all;
    }

    private static ulong Key(UserBlocks blocks, byte[] key) => key.Length == 0 ? 0 : blocks.Copy(key);
}
