namespace KernelSim.Bytecode;

/// <summary>The call graph of a program whose instructions have passed the rules for single instructions.</summary>
internal sealed class ControlFlow
{
    private readonly Dictionary<int, FunctionFlow> _byEntry = [];
    private readonly FunctionFlow?[] _owners;

    private ControlFlow(int length) => _owners = new FunctionFlow?[length];

    /// <summary>The functions, in the order in which they were found. The first is where the program begins.</summary>
    public List<FunctionFlow> Functions { get; } = [];

    /// <summary>An instruction that two functions reach: the first one found; -1 if there is none.</summary>
    public int SharedInstruction { get; private set; } = -1;

    /// <summary>A function that calls itself, directly or through others; null if there is none.</summary>
    public FunctionFlow? Recursive { get; private set; }

    /// <summary>How many frames the program needs, if it is not recursive.</summary>
    public int Frames => Deepest.DeepestFrame;

    /// <summary>The function at the end of the longest chain of calls.</summary>
    public FunctionFlow Deepest => Functions.MaxBy(function => function.DeepestFrame)!;

    public static ControlFlow Of(CheckedProgram program)
    {
        ControlFlow flow = new(program.Length);
        Queue<int> entries = new([0, .. program.Options.EntryPoints.Where(entry => program.ProblemOfTarget(entry) is null)]);
        while (flow.SharedInstruction < 0 && entries.TryDequeue(out int entry))
        {
            flow.Find(program, entry, entries);
        }

        if (flow.SharedInstruction < 0)
        {
            flow.Order();
        }

        return flow;
    }

    public FunctionFlow At(int entry) => _byEntry[entry];

    public bool Reaches(int instruction) => _owners[instruction] is not null;

    private void Find(CheckedProgram program, int entry, Queue<int> entries)
    {
        if (_byEntry.ContainsKey(entry))
        {
            return;
        }

        FunctionFlow function = new(entry);
        _byEntry[entry] = function;
        Functions.Add(function);
        SharedInstruction = function.Follow(program, _owners);
        foreach ((int _, int target) in function.Calls)
        {
            entries.Enqueue(target);
        }
    }

    /// <summary>
    /// Goes from callers to callees: a function's turn comes when all of its callers have had theirs. Who never has a turn is in a circle or behind
    /// one.
    /// </summary>
    private void Order()
    {
        Dictionary<FunctionFlow, int> waitingFor = Functions.ToDictionary(function => function, _ => 0);
        foreach (FunctionFlow function in Functions)
        {
            foreach (FunctionFlow callee in CalleesOf(function))
            {
                waitingFor[callee]++;
            }
        }

        Queue<FunctionFlow> ready = new(Functions.Where(function => waitingFor[function] == 0));
        foreach (FunctionFlow root in ready)
        {
            root.EnterAt(1);
        }

        while (ready.TryDequeue(out FunctionFlow? function))
        {
            foreach (FunctionFlow callee in CalleesOf(function))
            {
                callee.EnterFrom(function);
                if (--waitingFor[callee] == 0)
                {
                    ready.Enqueue(callee);
                }
            }
        }

        Recursive = InCircle(waitingFor.Where(pair => pair.Value > 0).Select(pair => pair.Key).ToHashSet());
    }

    private IEnumerable<FunctionFlow> CalleesOf(FunctionFlow function) => function.Calls.Select(call => At(call.Target));

    /// <summary>Each of the functions has a caller among them: who goes from caller to caller comes to one twice.</summary>
    private FunctionFlow? InCircle(HashSet<FunctionFlow> rest)
    {
        Dictionary<FunctionFlow, FunctionFlow> callers = [];
        foreach (FunctionFlow caller in rest)
        {
            foreach (FunctionFlow callee in CalleesOf(caller))
            {
                callers[callee] = caller;
            }
        }

        HashSet<FunctionFlow> seen = [];
        FunctionFlow? function = rest.FirstOrDefault();
        while (function is not null && seen.Add(function))
        {
            function = callers[function];
        }

        return function;
    }
}
