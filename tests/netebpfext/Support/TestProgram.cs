using KernelSim.Nt.Ke;

namespace KernelSim.NetEbpfExt.Tests.Support;

/// <summary>A program: gets the thread and the context, and answers.</summary>
internal unsafe delegate uint TestProgram(KeThread current, byte* context);

internal static unsafe class TestProgramExtensions
{
    extension(TestProgram)
    {
        public static TestProgram Answers(uint answer) => (_, _) => answer;

        /// <summary>Writes its name down, and answers.</summary>
        public static TestProgram Named(string name, List<string> log, uint answer) => (_, _) =>
        {
            log.Add(name);
            return answer;
        };
    }
}
