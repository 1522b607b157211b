using System.Diagnostics.Metrics;
using KernelSim.Tracing;
using Xunit.v3;

namespace KernelSim.UserMode.Tests.Support;

/// <summary>Listens to the meter as <c>dotnet-counters</c> would: sums what is added, and keeps what was last read, by series.</summary>
internal sealed class MeterRecording : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _series = [];
    private readonly List<Instrument> _instruments = [];

    /// <summary>Starts to listen.</summary>
    /// <param name="instruments">The instruments; none stands for all.</param>
    public MeterRecording(params string[] instruments)
    {
        Assert.True(
            TestContext.Current.TestCollection is IXunitTestCollection { DisableParallelization: true },
            "The meter counts for all machines: a test that listens belongs to a collection that runs alone.");
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == KernelSimMeter.MeterName && (instruments.Length == 0 || instruments.Contains(instrument.Name)))
            {
                _instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
        Read();
    }

    /// <summary>The instruments that were found.</summary>
    public IReadOnlyList<Instrument> Instruments => _instruments;

    /// <summary>A series, such as <c>kernelsim.calls function=close errno=0</c>; 0 for one without measurements.</summary>
    public long this[string series]
    {
        get
        {
            lock (_lock)
            {
                return _series.GetValueOrDefault(series);
            }
        }
    }

    /// <summary>The series of an instrument that are not 0, without its name.</summary>
    public IReadOnlyDictionary<string, long> Of(string instrument)
    {
        lock (_lock)
        {
            return _series.Where(s => s.Value != 0 && s.Key.StartsWith(instrument + " ", StringComparison.Ordinal))
                .ToDictionary(s => s.Key[(instrument.Length + 1)..], s => s.Value);
        }
    }

    /// <summary>The sum over the series of an instrument.</summary>
    public long Total(string instrument) => Of(instrument).Values.Sum();

    /// <summary>Reads the instruments that are read on demand.</summary>
    public void Read() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string series = instrument.Name;
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            series += $" {tag.Key}={Assert.IsType<string>(tag.Value)}";
        }

        lock (_lock)
        {
            _series[series] = instrument.IsObservable ? value : _series.GetValueOrDefault(series) + value;
        }
    }
}
