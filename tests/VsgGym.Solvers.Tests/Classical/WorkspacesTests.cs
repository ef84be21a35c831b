using VsgGym.Numerics;

namespace VsgGym.Solvers.Tests;

/// <summary>Scratch memories: no two threads hold one at a time, and what is given back is taken again.</summary>
public sealed class WorkspacesTests
{
    [Fact]
    public void Memories_AreNeverSharedAndComeBack()
    {
        int made = 0;
        var workspaces = new Workspaces<int[]>(3, () => [made++, 0]);
        var held = Enumerable.Range(0, 3).Select(_ => workspaces.Take()).ToList();
        Assert.Equal([0, 1, 2], held.Select(memory => memory[0]).Order());
        workspaces.Return(held[1]);
        Assert.Same(held[1], workspaces.Take());
        held.ForEach(workspaces.Return);

        var work = new Holding(workspaces);
        new WorkCrew(3).Run(work, 3000, 32, CancellationToken.None);
        Assert.Equal((3000, 3), (Enumerable.Range(0, 3).Select(_ => workspaces.Take()).Sum(memory => memory[1]), made));
    }

    private sealed class Holding(Workspaces<int[]> workspaces) : ICrewWork
    {
        public double Run(int start, int end, CancellationToken cancellationToken)
        {
            for (int k = start; k < end; k++)
            {
                int[] memory = workspaces.Take();
                int before = memory[1];
                Thread.SpinWait(20); // a second holder would write the same count
                memory[1] = before + 1;
                workspaces.Return(memory);
            }

            return 0;
        }
    }
}
