using KernelSim.Nt;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Rings;

/// <summary>
/// The memory of a ring that processes can map: <c>ebpf_ring_descriptor_t</c>. Three sections: the consumer page, which user mode writes,
/// the producer page and the data, which it reads.
/// </summary>
/// <remarks>
/// <para>
/// Upstream maps the data's pages twice, back to back, in the kernel and in each process, so that no record is ever split for who reads
/// it. Here the data section has twice the ring's bytes, and who writes a record writes it into both halves: the same to every
/// reader, without tricks of the host's virtual memory.
/// </para>
/// <para>Upstream's fourth page is for the kernel alone; what it holds (how far writers have reserved, the wait event) are fields of <see cref="Ring"/>.</para>
/// </remarks>
internal sealed class RingMemory
{
    private RingMemory(MmSection consumer, MmSection producer, MmSection data)
    {
        Consumer = consumer;
        Producer = producer;
        Data = data;
    }

    /// <summary>One page; user mode may write it: hostile.</summary>
    public MmSection Consumer { get; }

    /// <summary>One page.</summary>
    public MmSection Producer { get; }

    /// <summary>The records, twice.</summary>
    public MmSection Data { get; }

    /// <summary>Allocates; null when pool refuses, or for a capacity whose double does not fit 32 bits.</summary>
    public static RingMemory? Create(Machine machine, uint capacity)
    {
        if (capacity > uint.MaxValue / 2)
        {
            return null;
        }

        MmSection? consumer = MmSection.Create(machine, MmSection.PageBytes, PageProtection.ReadWrite, PoolTags.RingBuffer);
        MmSection? producer = MmSection.Create(machine, MmSection.PageBytes, PageProtection.ReadOnly, PoolTags.RingBuffer);
        MmSection? data = MmSection.Create(machine, capacity * 2, PageProtection.ReadOnly, PoolTags.RingBuffer);
        if (consumer is not null && producer is not null && data is not null)
        {
            return new RingMemory(consumer, producer, data);
        }

        consumer?.Dereference();
        producer?.Dereference();
        data?.Dereference();
        return null;
    }

    /// <summary>One of the three; null for another number.</summary>
    public MmSection? Section(RingBufferUserSection section) => section switch
    {
        RingBufferUserSection.Consumer => Consumer,
        RingBufferUserSection.Producer => Producer,
        RingBufferUserSection.Data => Data,
        _ => null,
    };

    /// <summary>Drops the driver's references. Views keep what they show.</summary>
    public void Release()
    {
        Consumer.Dereference();
        Producer.Dereference();
        Data.Dereference();
    }
}
