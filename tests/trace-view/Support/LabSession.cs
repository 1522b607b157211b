using System.Runtime.InteropServices;
using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.TraceView.Tests.Support;

/// <summary>A machine with four CPUs on which processes call <c>bpf_map_update_batch</c>, rightly and wrongly.</summary>
internal sealed class LabSession : IDisposable
{
    private readonly Machine _machine = Machine.Boot(new MachineOptions { Processors = 4 });
    private readonly EventRecorder _recorder = new(EventRecorder.BothProviders);

    public LabSession() => Assert.True(_machine.LoadDriver(new EbpfCoreDriver(), out _).IsSuccess);

    /// <summary>Events of both providers since the session began.</summary>
    public int Events => _recorder.Count;

    /// <summary>A fresh process makes a per-CPU hash and updates it, with a values buffer of its own idea.</summary>
    public void UpdateBatch(LibraryVersion library, HeapMode heap, uint valueSize, int elements, uint valueBytes, ulong flags = 0)
    {
        PsProcess process = _machine.Processes.Create(new ProcessOptions { Name = "lab.exe", Heap = heap });
        using (Libbpf libbpf = new(process.Gate, library))
        {
            int map = libbpf.bpf_map_create(BpfMapType.PercpuHash, "stats", sizeof(uint), valueSize, 1024);
            Assert.True(map > 0);
            IUserMemory memory = process.Gate.Memory;
            uint keyBytes = (uint)elements * sizeof(uint);
            ulong keys = memory.Allocate(keyBytes);
            uint[] numbers = [.. Enumerable.Range(1, elements).Select(i => (uint)i)];
            MemoryMarshal.AsBytes<uint>(numbers).CopyTo(memory.Access(keys, keyBytes, MemoryAccess.Write, "test"));
            ulong count = memory.Allocate(sizeof(uint));
            MemoryMarshal.Write(memory.Access(count, sizeof(uint), MemoryAccess.Write, "test"), elements);

            // Behind the values lies more of the heap, as in life: an overrun finds something to read.
            ulong values = memory.Allocate(valueBytes);
            memory.Allocate(4096);

            // The upstream library reads the options whether there are any or not.
            uint optionBytes = (uint)Marshal.SizeOf<BpfMapBatchOpts>();
            ulong options = memory.Allocate(optionBytes);
            MemoryMarshal.Write(
                memory.Access(options, optionBytes, MemoryAccess.Write, "test"), new BpfMapBatchOpts { Sz = optionBytes, Flags = flags });
            libbpf.bpf_map_update_batch(map, keys, values, count, options);
        }

        process.Terminate(NtStatus.Success);
    }

    public void Dispose()
    {
        _recorder.Dispose();
        _machine.Dispose();
    }
}
