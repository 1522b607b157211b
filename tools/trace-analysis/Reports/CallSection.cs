namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Totals calls by function, and keeps the slowest.</summary>
/// <param name="slowest">Number of slowest requests to keep.</param>
internal sealed class CallSection(int slowest)
{
    private readonly Dictionary<string, Function> _functions = [];
    private readonly PriorityQueue<SlowRequest, double> _slowest = new();

    public IReadOnlyList<CallTotals> Calls =>
    [
        .. _functions.Select(f => f.Value.Total(f.Key)).OrderByDescending(c => c.Calls).ThenBy(c => c.Function, StringComparer.Ordinal),
    ];

    public IReadOnlyList<SlowRequest> Slowest =>
        [.. _slowest.UnorderedItems.Select(i => i.Element).OrderByDescending(r => r.DurationUs).ThenBy(r => r.Id)];

    /// <summary>A request returned.</summary>
    public void End(OpenRequest request, double endUs, string errno)
    {
        double duration = endUs - request.StartUs;
        Function function = Of(request);
        bool isFirst = function.Add(duration);
        if (errno.Length > 0)
        {
            function.Errnos[errno] = function.Errnos.GetValueOrDefault(errno) + 1;
        }

        SlowRequest slow = new(request.Id, request.Function, duration, errno, request.Crossings, request.Bytes) { IsFirst = isFirst };
        if (_slowest.Count < slowest)
        {
            _slowest.Enqueue(slow, duration);
        }
        else
        {
            _slowest.EnqueueDequeue(slow, duration);
        }
    }

    /// <summary>A request never returned.</summary>
    public void Abandon(OpenRequest request) => Of(request).Unfinished++;

    private Function Of(OpenRequest request)
    {
        if (!_functions.TryGetValue(request.Function, out Function? function))
        {
            _functions.Add(request.Function, function = new Function());
        }

        function.Crossings += request.Crossings;
        function.Copies += request.Copies;
        function.Bytes += request.Bytes;
        return function;
    }

    private sealed class Function
    {
        private readonly DurationHistogram _all = new();
        private readonly DurationHistogram _later = new();
        private double? _first;

        public Dictionary<string, long> Errnos { get; } = [];

        public long Unfinished { get; set; }

        public long Crossings { get; set; }

        public long Copies { get; set; }

        public long Bytes { get; set; }

        /// <summary>Adds a call that returned, and tells whether it is the first.</summary>
        public bool Add(double duration)
        {
            _all.Add(duration);
            if (_first is null)
            {
                _first = duration;
                return true;
            }

            _later.Add(duration);
            return false;
        }

        public CallTotals Total(string name) => new(
            name,
            _all.Count + Unfinished,
            Unfinished,
            [.. Errnos.OrderByDescending(e => e.Value).ThenBy(e => e.Key, StringComparer.Ordinal)],
            _all.MeanUs,
            _all.QuantileBound(0.5),
            _all.QuantileBound(0.99),
            _all.MaxUs,
            Crossings,
            Copies,
            Bytes)
        {
            FirstUs = _first,
            Later = _later.Count == 0 ? null : Durations.Of(_later),
        };
    }
}
