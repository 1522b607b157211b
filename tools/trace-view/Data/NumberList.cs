namespace KernelSim.TraceView.Data;

/// <summary>Numbers in the order in which they were added, of four bytes each while that is enough.</summary>
internal sealed class NumberList
{
    private List<int>? _small = [];
    private List<long> _large = [];

    /// <summary>How many there are.</summary>
    public int Count => _small?.Count ?? _large.Count;

    /// <summary>The number at a place.</summary>
    public long this[int index]
    {
        get => _small is null ? _large[index] : _small[index];
        set
        {
            if (_small is not null && value == (int)value)
            {
                _small[index] = (int)value;
                return;
            }

            Grow();
            _large[index] = value;
        }
    }

    /// <summary>Adds a number.</summary>
    public void Add(long number)
    {
        if (_small is not null && number == (int)number)
        {
            _small.Add((int)number);
            return;
        }

        Grow();
        _large.Add(number);
    }

    private void Grow()
    {
        if (_small is not null)
        {
            _large = [.. _small.Select(n => (long)n)];
            _small = null;
        }
    }
}
