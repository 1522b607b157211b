using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Mm;

/// <summary>
/// The total of pool: what is in use, and what processors have as credit for their next blocks. It never exceeds the limit. Nothing is
/// refused before every processor's credit has been collected, so the limit is exact.
/// </summary>
internal sealed class PoolLimit(long limit)
{
    /// <summary>What a processor takes from the total at once.</summary>
    public const long CreditBatch = 256 * 1024;

    /// <summary>A processor with more credit than this returns all but a batch.</summary>
    public const long MostCredit = 2 * CreditBatch;

    private HostSpinLock _lock = new(LockRank.PoolLimit);
    private long _charged;
    private bool _closed;

    public long Limit => limit;

    /// <summary>
    /// Charges bytes, and a batch of credit more if the limit allows it. If it does not, collects the credit of all processors, and charges what is
    /// needed. False, and nothing is charged, if even that exceeds the limit.
    /// </summary>
    /// <param name="bytes">What is needed.</param>
    /// <param name="all">The processors' parts; null for those that have none.</param>
    /// <param name="to">The part that gets what has been charged.</param>
    public bool TryCharge(long bytes, PoolProcessor?[] all, PoolProcessor to)
    {
        _lock.Enter();
        long most = _closed ? -1 : limit - bytes;
        long charge = 0;
        if (_charged <= most - CreditBatch)
        {
            charge = bytes + CreditBatch;
        }
        else
        {
            foreach (PoolProcessor? part in all)
            {
                _charged -= part?.TakeCredit() ?? 0;
            }

            charge = _charged <= most ? bytes : 0;
        }

        _charged += charge;
        if (charge != 0)
        {
            to.AddCredit(charge);
        }

        _lock.Exit();
        return charge != 0;
    }

    public void Return(long bytes)
    {
        _lock.Enter();
        _charged -= bytes;
        _lock.Exit();
    }

    /// <summary>Bytes in use: what has been charged and is nobody's credit.</summary>
    public long InUse(PoolProcessor?[] all)
    {
        _lock.Enter();
        long bytes = _charged;
        foreach (PoolProcessor? part in all)
        {
            bytes -= part?.Credit ?? 0;
        }

        _lock.Exit();
        return bytes;
    }

    /// <summary>Refuses everything from now on.</summary>
    public void Close()
    {
        _lock.Enter();
        _closed = true;
        _lock.Exit();
    }
}
