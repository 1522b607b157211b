using System.Text;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Tests.Ebpf;

/// <summary>Maps of several types with something in them, for a dump.</summary>
internal static class EbpfObjects
{
    public static void Make(PsProcess process)
    {
        EbpfUser user = new(process);
        Filled(user, BpfMapType.Hash, 4);
        Filled(user, BpfMapType.LruPercpuHash, 6);
        Filled(user, BpfMapType.PercpuArray, 4);
        TestMap trie = user.NewMap(BpfMapType.LpmTrie, keySize: 8);
        trie.Update([8, 0, 0, 0, 10, 0, 0, 0], trie.Value(1)).Expect(EbpfResult.Success);
        TestMap queue = user.NewMap(BpfMapType.Queue, keySize: 0);
        queue.Update([], queue.Value(1)).Expect(EbpfResult.Success);
        TestMap outer = user.NewMap(BpfMapType.ArrayOfMaps, valueSize: 4, template: trie.Handle);
        outer.UpdateWithHandle(outer.Key(2), trie.Handle).Expect(EbpfResult.Success);
        TestMap ring = user.NewMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096);
        new TestRing(user, ring.Handle).Write([1, 2, 3]);
        user.Pin(queue.Handle, Encoding.UTF8.GetBytes("/ks/queue")).Expect(EbpfResult.Success);
        queue.Find([], room: 1);
    }

    private static void Filled(EbpfUser user, BpfMapType type, uint keySize)
    {
        TestMap map = user.NewMap(type, keySize, valueSize: 12, name: $"{type}");
        map.Fill(20);
        map.Delete(map.Key(3));
    }
}
