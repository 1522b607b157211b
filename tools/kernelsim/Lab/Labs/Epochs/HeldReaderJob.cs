using KernelSim.Nt.Io;
using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Recording;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Labs.Epochs;

/// <summary>A program to run.</summary>
/// <param name="Seed">What it does is drawn from it.</param>
/// <param name="File">The <c>.nettrace</c> file to make, the full path; null if nobody wants one.</param>
internal sealed record HeldInput(ulong Seed, string? File);

/// <summary>What the trace of the program says.</summary>
/// <param name="Request">The request of the reader that stayed in its epoch.</param>
/// <param name="ReaderEpoch">The epoch that it was in.</param>
/// <param name="Retired">Blocks that were retired while it was there.</param>
/// <param name="InVain">Computations that ended while it was there and freed nothing.</param>
/// <param name="FreedEpoch">The epoch that was released when the first of the blocks were freed.</param>
internal sealed record HeldFacts(ulong Request, long ReaderEpoch, long Retired, long InVain, long FreedEpoch);

/// <summary>Runs a program one of whose look-ups stays in its epoch, while others replace values and time goes on.</summary>
internal sealed class HeldReaderJob : HostJob<HeldInput, HeldFacts>
{
    private const int MostKeys = 64;
    private const uint HeldKey = 1;

    /// <inheritdoc/>
    public override string Name => "held-reader";

    /// <inheritdoc/>
    protected override HeldFacts Run(HeldInput input)
    {
        using TraceRecorder recorder = input.File is null ? TraceRecorder.StartInMemory() : TraceRecorder.Start(input.File);
        if (input.File is not null && recorder.Path is null)
        {
            throw new IOException(recorder.Note);
        }

        Play(input.Seed);
        return Read(recorder.Stop());
    }

    private static void Play(ulong seed)
    {
        LabSeed draw = new(seed, "epochs/held");
        MachineSettings settings = new() { Cpus = draw.Number(2, 4), Seed = seed };
        using HoldingMapDriver holding = new();
        using LabMachine lab = LabMachine.Boot(settings);
        Require(lab.Machine.LoadDriver(holding, out DriverObject? driver).IsSuccess);
        using (BpfSession session = new(lab.Start(settings.ForProcess("flows.exe")).Gate))
        using (HashMap<uint, ulong> flows = session.CreateHashMap<uint, ulong>("flows", MostKeys))
        using (CustomMap<uint, uint> watched = session.CreateCustomMap<uint, uint>(HoldingMapDriver.Type, "watched", MostKeys))
        {
            uint keys = (uint)draw.Number(10, 20);
            Replace(flows, keys);
            watched[HeldKey] = 1;
            for (int i = draw.Number(1, 4); i > 0; i--)
            {
                Replace(flows, (uint)draw.Number(1, (int)keys));
                lab.Machine.Clock.Advance(TimeSpan.FromMilliseconds(draw.Number(2, 5)));
            }

            using (holding.Hold(() => watched.TryGet(HeldKey, out _)))
            {
                for (int i = draw.Number(2, 4); i > 0; i--)
                {
                    Replace(flows, (uint)draw.Number(2, (int)keys));
                    lab.Machine.Clock.Advance(TimeSpan.FromMilliseconds(draw.Number(2, 5)));
                }
            }

            lab.Machine.Clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        lab.Machine.Clock.Advance(TimeSpan.FromMilliseconds(5));
        Require(lab.Machine.UnloadDriver(driver!).IsSuccess && lab.End() is null);
    }

    private static void Replace(HashMap<uint, ulong> map, uint keys)
    {
        for (uint key = 0; key < keys; key++)
        {
            map[key] = key;
        }
    }

    private static HeldFacts Read(TraceLog log)
    {
        // The only request that lasts while computations end.
        RequestView reader = log.Requests.Single(r => r.Ioctls.Any(i => i.Stop is { } stop
            && log.Events.Take(stop.Position).Skip(i.Start.Position).Any(e => e is EpochAdvanceEvent)));
        (int from, int to) = (reader.Ioctls[0].Start.Position, reader.Ioctls[0].Stop!.Position);
        TracedEvent[] meanwhile = [.. log.Events.Take(to).Skip(from)];
        return new HeldFacts(
            reader.Id,
            log.Events.Take(from).OfType<EpochAdvanceEvent>().Last().Published,
            meanwhile.OfType<EpochRetireEvent>().Count(),
            meanwhile.OfType<EpochAdvanceEvent>().Count(a => a.FreedBlocks == 0),
            log.Events.Skip(to).OfType<EpochAdvanceEvent>().First(a => a.FreedBlocks > 0).Released);
    }

    private static void Require(bool isDone)
    {
        if (!isDone)
        {
            throw new InvalidDataException("the program has not run as it should");
        }
    }
}
