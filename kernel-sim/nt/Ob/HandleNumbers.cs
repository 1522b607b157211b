namespace KernelSim.Nt.Ob;

/// <summary>
/// How a handle table numbers its entries. Ordinary: multiples of 4 that carry a generation, and the entry that has been free longest is
/// reused first, so that a stale handle stays invalid as long as possible. Dense: 1, 2, 3 and so on, at most 1,024, lowest free one first, as
/// in the user-mode test table of eBPF for Windows.
/// </summary>
internal sealed class HandleNumbers(bool dense)
{
    private const int DenseSlots = 1024;
    private const int IndexBits = 20;
    private const int GenerationMask = 0x1FF;
    private const int Shift = 2;

    private readonly Queue<int> _returned = new();

    // By entry: the generation of its handle, or of the next one.
    private readonly List<ushort> _generations = [];
    private readonly List<bool> _used = [];
    private int _lowestFree;

    public bool TryTake(out int index)
    {
        if (!dense && _returned.TryDequeue(out index))
        {
            _used[index] = true;
            return true;
        }

        if (dense)
        {
            while (_lowestFree < _used.Count && _used[_lowestFree])
            {
                _lowestFree++;
            }

            index = _lowestFree;
            if (index < _used.Count)
            {
                _used[index] = true;
                return true;
            }
        }

        index = _used.Count;
        if (index >= (dense ? DenseSlots : (1 << IndexBits) - 1))
        {
            return false;
        }

        _used.Add(true);
        _generations.Add(0);
        return true;
    }

    public void Return(int index)
    {
        _used[index] = false;
        if (dense)
        {
            _lowestFree = Math.Min(_lowestFree, index);
        }
        else
        {
            _generations[index] = (ushort)((_generations[index] + 1) & GenerationMask);
            _returned.Enqueue(index);
        }
    }

    /// <summary>The handle of an entry that is in use. Entry 0 is handle 4 (dense: 1), so that no handle is 0.</summary>
    public long HandleOf(int index)
    {
        if (index >= _used.Count)
        {
            return -1;
        }

        return dense ? index + 1 : (((long)_generations[index] << IndexBits) | (uint)(index + 1)) << Shift;
    }

    /// <summary>The entry that a handle would stand for, if it were in use; -1 if it cannot be. Needs no lock.</summary>
    public int IndexOf(long handle) => handle <= 0 ? -1 : (int)(((dense ? handle : handle >> Shift) & ((1 << IndexBits) - 1)) - 1);

    /// <summary>The entry that a handle stands for, if that handle is in use.</summary>
    public bool TryFind(long handle, out int index)
    {
        index = IndexOf(handle);
        return handle > 0 && index >= 0 && index < _used.Count && _used[index] && HandleOf(index) == handle;
    }
}
