using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using KernelSim.Tool.Lab;
using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Labs.Epochs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace KernelSim.EndToEnd.Tests.Lab;

/// <summary>What the sandbox of lab <c>epochs</c> finds in a chain, and what it says of a schedule.</summary>
public sealed class ChainSandboxTests : IClassFixture<ChainSandboxTests.Compiled>
{
    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        """;

    private const string Unlink = "memory.Store(link, memory.Load(memory.NextOf(node)));";
    private const string Fill = "memory.Fill(node, reference, value);";
    private const string Link = "memory.Store(memory.NextOf(node), memory.Load(memory.First));";
    private const string Early = "Node* first = memory.Load(memory.First);";
    private const string Publish = "memory.Store(memory.First, node);";
    private const string Free = "memory.FreeLater(current, node);";

    private readonly Compiled _compiled;

    public ChainSandboxTests(Compiled compiled) => _compiled = compiled;

    [Theory]
    [InlineData(Free, "memory.FreeNow(current, node);", "which was freed")]
    [InlineData($"{Unlink}\n{Free}", $"{Free}\n{Unlink}", "which was freed")]
    [InlineData(Unlink, $"{Unlink}\nmemory.Store(memory.NextOf(node), null);", "the reader found nothing under key")]
    [InlineData(Free, "", "with 3 elements in the map and nobody in an epoch, the pool has 5 blocks for nodes")]
    [InlineData(Free, $"{Free}\n{Free}", "BadPoolCaller")]
    [InlineData(Unlink, "", "which was freed")]
    public void A_mistake_in_removing_is_found(string right, string wrong, string problem) =>
        Assert.Contains(problem, _compiled.Explore(right, wrong, insertsAtOnce: true).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_node_that_is_retired_before_it_is_unlinked_is_found_under_every_seed()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            IReadOnlyList<ChainTrial> trials = new ReclaimTask().Draw(new LabSeed(seed, "epochs/reclaim"));
            Assert.Contains("which was freed", _compiled.Explore($"{Unlink}\n{Free}", $"{Free}\n{Unlink}", trials).Problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Publish, "", "the reader found nothing under key 1, expected 1")]
    [InlineData("memory.Fill(", "if (value != 9) memory.Fill(", "when all have ended, key 9 has nothing, expected 9")]
    [InlineData(Link, "", "the reader found nothing under key 1, expected 1")]
    [InlineData(
        $"{Fill}\n{Link}\n{Publish}",
        $"{Early}\n{Publish}\n{Fill}\nmemory.Store(memory.NextOf(node), first);",
        "the reader found nothing under key 1, expected 1")]
    [InlineData(Fill, $"throw new InvalidOperationException(\"no\");\n{Fill}", "writer: InvalidOperationException: no")]
    [InlineData(Fill, $"{Publish}\n{Fill}", "does the chain lead in a circle?")]
    public void A_mistake_in_inserting_is_found(string right, string wrong, string problem) =>
        Assert.Contains(problem, _compiled.Explore(right, wrong, insertsAtOnce: false).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_a_right_chain_nothing_is_found(bool insertsAtOnce)
    {
        ExploreFacts facts = _compiled.Explore(Free, Free, insertsAtOnce);
        Assert.Null(facts.Problem);
        Assert.InRange(facts.Played, 50, 1000);
    }

    [Theory]
    [InlineData("reader look 1;reader finish", null)]
    [InlineData("# nothing;;  clock 1", null)]
    [InlineData("writer delete 1..3;writer put 1 5;reader2 look 1", null)]
    [InlineData("reader jump", "line 1: 'reader jump' given, expected a line of the table in README.md")]
    [InlineData("clock 0", "line 1: '0' given, expected a number from 1 to 10000")]
    [InlineData("clock 1;writer put x 1", "line 2: 'x' given, expected a number from 0 to 4294967295")]
    [InlineData("writer delete 3..1", "line 1: '3..1' given, expected a key, or two with '..' between them")]
    [InlineData("reader step 1", "line 1: reader is not within a look-up: expected 'reader look KEY' before, of a key in the map")]
    [InlineData("reader look 1;reader look 1", "line 2: reader is not at the end of its look-up: expected 'reader finish' before")]
    [InlineData("reader look 1;reader until store", "line 2: 'store' given, expected a step of a reader: load, compare, value")]
    [InlineData("reader look 9;reader step 1", "line 2: reader is not within a look-up: expected 'reader look KEY' before, of a key in the map")]
    [InlineData("reader look 2;reader step 2;reader until compare", "line 3: reader came to its end, expected a step 'compare'")]
    public void A_schedule_is_played_or_refused_with_its_line(string lines, string? problem) =>
        Assert.Equal(problem, _compiled.Play(lines.Split(';')).Problem);

    [Fact]
    public void A_schedule_gives_the_same_each_time()
    {
        string[] lines =
            ["reader look 1", "reader2 look 2", "reader step 3", "writer delete 1..2", "clock 5", "reader until value", "writer put 7 7"];
        PlayFacts first = _compiled.Play(lines);
        Assert.Equal(first.Log, _compiled.Play(lines).Log);
        Assert.Equal((2, 2), (first.Waiting, first.Inside));
        Assert.Empty(first.Leaks);
        Assert.Null(first.Misuse);
    }

    /// <summary>The lab's sandbox, compiled with chains.</summary>
    public sealed class Compiled
    {
        private static readonly CSharpParseOptions s_options = new(LanguageVersion.Latest);

        private readonly ConcurrentDictionary<string, Assembly> _chains = [];

        private readonly CSharpCompilation _given = CSharpCompilation.Create(
            "Chain",
            ChainRuns.Given.Select(g => LabContent.Read("epochs", g)!).Append(Usings).Select(s => CSharpSyntaxTree.ParseText(s, s_options)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(f => MetadataReference.CreateFromFile(f)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

        // Without indentation, so that lines can be looked for.
        private static string Right { get; } = string.Join(
            '\n',
            File.ReadLines(Repository.PathOf("tests", "end-to-end", "Lab", "Solutions", "epochs", "Chain.cs.txt")).Select(l => l.Trim()));

        internal ExploreFacts Explore(string right, string wrong, bool insertsAtOnce)
        {
            ChainWrite[] elements = [.. Enumerable.Range(1, 3).Select(i => new ChainWrite(ChainWrite.Put, (uint)i, (ulong)i))];
            ChainWrite[] writes = insertsAtOnce
                ? [new(ChainWrite.Delete, 3, 0), new(ChainWrite.Put, 9, 9), new(ChainWrite.Put, 2, 8)]
                : [new(ChainWrite.Put, 9, 9), new(ChainWrite.Put, 8, 8)];
            ChainTrial trial = new(elements, writes, 1, [1], insertsAtOnce, CountsBlocks: insertsAtOnce);
            return Explore(right, wrong, [trial]);
        }

        internal ExploreFacts Explore(string right, string wrong, IReadOnlyList<ChainTrial> trials) =>
            Call<ExploreFacts>(Chain(right, wrong), "Explore", [trials]);

        internal PlayFacts Play(string[] lines) => Call<PlayFacts>(Chain(Free, Free), "Play", [new ulong[] { 1, 10, 2, 20 }, lines]);

        private static TFacts Call<TFacts>(Assembly chain, string method, object[] arguments)
        {
            MethodInfo called = chain.GetType("Sandbox", throwOnError: true)!.GetMethod(method)!;
            object?[] converted =
            [
                .. called.GetParameters().Zip(arguments, (p, a) => JsonSerializer.SerializeToElement(a, a.GetType()).Deserialize(p.ParameterType)),
            ];
            return JsonSerializer.Deserialize<TFacts>((string)called.Invoke(null, converted)!, HostWire.Format)!;
        }

        private Assembly Chain(string right, string wrong)
        {
            string text = Right.Replace(right, wrong, StringComparison.Ordinal);
            Assert.True(right == wrong || text != Right, right);
            return _chains.GetOrAdd(text, Compile);
        }

        private Assembly Compile(string chain)
        {
            using MemoryStream library = new();
            EmitResult result = _given.AddSyntaxTrees(CSharpSyntaxTree.ParseText(chain, s_options)).Emit(library);
            Assert.True(result.Success, string.Join('\n', result.Diagnostics));
            return Assembly.Load(library.ToArray());
        }
    }
}
