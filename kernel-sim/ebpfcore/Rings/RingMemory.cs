using KernelSim.EbpfCore.Memory;
using KernelSim.Nt;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Rings;

/// <summary>
/// The memory of a ring that processes can map: <c>ebpf_ring_descriptor_t</c>. Three sections: the consumer page, which user mode writes, and
/// the producer page and the data, which it reads.
/// </summary>
/// <remarks>
/// <para>
/// Upstream maps the data's pages twice, back to back, in the kernel and in each process, so that no record is split for its
/// reader. Here the data section has twice the ring's bytes, and a record is written to both halves: equivalent for every
/// reader, without tricks of the host's virtual memory.
/// </para>
/// <para>Upstream's fourth page is for the kernel alone; its contents (the reserved offset, the wait event) are fields of <see cref="Ring"/>.</para>
/// </remarks>
internal sealed class RingMemory
{
    private RingMemory(MmSection consumer, MmSection producer, MmSection data)
    {
        Consumer = consumer;
        Producer = producer;
        Data = data;
    }

    /// <summary>One page, writable by user mode: untrusted.</summary>
    public MmSection Consumer { get; }

    /// <summary>One page, which user mode can only read.</summary>
    public MmSection Producer { get; }

    /// <summary>The data, twice.</summary>
    public MmSection Data { get; }

    /// <summary>Allocates the sections; null if pool refuses, or for a capacity whose double does not fit 32 bits.</summary>
    public static RingMemory? Create(Machine machine, uint capacity)
    {
        if (capacity > uint.MaxValue / 2)
        {
            return null;
        }

        MmSection? consumer = MmSection.Create(machine, MmSection.PageBytes, PageProtection.ReadWrite, CorePoolTags.RingBuffer);
        MmSection? producer = MmSection.Create(machine, MmSection.PageBytes, PageProtection.ReadOnly, CorePoolTags.RingBuffer);
        MmSection? data = MmSection.Create(machine, capacity * 2, PageProtection.ReadOnly, CorePoolTags.RingBuffer);
        if (consumer is not null && producer is not null && data is not null)
        {
            return new RingMemory(consumer, producer, data);
        }

        consumer?.Dereference();
        producer?.Dereference();
        data?.Dereference();
        return null;
    }

    /// <summary>One of the three sections; null if the number is not a valid section.</summary>
    public MmSection? Section(RingBufferUserSection section) => section switch
    {
        RingBufferUserSection.Consumer => Consumer,
        RingBufferUserSection.Producer => Producer,
        RingBufferUserSection.Data => Data,
        _ => null,
    };

    /// <summary>Drops the driver's references. Existing views stay valid.</summary>
    public void Release()
    {
        Consumer.Dereference();
        Producer.Dereference();
        Data.Dereference();
    }
}
