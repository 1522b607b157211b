using System.Diagnostics;

namespace KernelSim.Tool.Bench.Measuring;

/// <summary>
/// Runs trials in turns of a few rounds. Who has used the least time so far is next: turns interleave, so that a slower moment of the host
/// meets all, and all get the same time. The first round of a turn finds the host's caches full of what others left; the least of many rounds is
/// what the code costs when nothing interferes, and the median shows how often something did.
/// </summary>
internal static class Race
{
    /// <summary>The first round of a trial runs code and touches memory for the first time.</summary>
    private const int FewestRounds = 2;

    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs them.</summary>
    /// <param name="trials">What to run.</param>
    /// <param name="time">For all together. The fewest rounds may take longer.</param>
    /// <param name="stop">Ends it after the current round.</param>
    /// <returns>A measurement for each trial; fewer if it was stopped before each had a round.</returns>
    public static IReadOnlyList<Measurement> Run(IReadOnlyList<Trial> trials, TimeSpan time, CancellationToken stop)
    {
        Lane[] lanes = [.. trials.Select(t => new Lane(t))];
        TimeSpan share = time / Math.Max(1, trials.Count);
        while (!stop.IsCancellationRequested
            && lanes.Where(l => l.Used < share || l.Rounds < FewestRounds).MinBy(l => l.Rounds < FewestRounds ? TimeSpan.Zero : l.Used) is { } next)
        {
            next.TakeTurn(stop);
        }

        return [.. lanes.Where(l => l.Rounds > 0).Select(l => l.Measure())];
    }

    private sealed class Lane(Trial trial)
    {
        private readonly List<double> _rounds = [];

        public TimeSpan Used { get; private set; }

        public int Rounds => _rounds.Count;

        public void TakeTurn(CancellationToken stop)
        {
            long start = Stopwatch.GetTimestamp();
            do
            {
                RunOnce();
            }
            while (Stopwatch.GetElapsedTime(start) < s_turn && !stop.IsCancellationRequested);
        }

        public Measurement Measure()
        {
            _rounds.Sort();
            return new Measurement(trial.Contender, trial.Threads, _rounds[0], _rounds[_rounds.Count / 2], _rounds.Count)
            {
                High = _rounds[_rounds.Count * 9 / 10],
            };
        }

        private void RunOnce()
        {
            long start = Stopwatch.GetTimestamp();
            trial.Prepare?.Invoke();
            long begin = Stopwatch.GetTimestamp();
            trial.Run();
            _rounds.Add(Stopwatch.GetElapsedTime(begin).TotalNanoseconds / trial.Operations);
            Used += Stopwatch.GetElapsedTime(start);
        }
    }
}
