using System.Runtime.InteropServices;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Writes a table as the arrays it can be uploaded as.</summary>
internal static class TableExport
{
    /// <summary>Writes a table; reading it back builds the same.</summary>
    /// <param name="table">The game.</param>
    /// <param name="title">The game's name.</param>
    /// <param name="sparse">Rewards and transitions in coordinate form.</param>
    public static Proto.TabularGame Write(StochasticGame table, string title, bool sparse)
    {
        int players = table.PlayerCount, states = table.StateCount;
        var wire = new Proto.TabularGame { Title = title, Initial = Tensors.Write(table.Initial, states) };
        int[] rewards = [players, states, .. table.ActionCounts], transitions = [states, .. table.ActionCounts, states];
        if (sparse)
        {
            wire.SparseRewards = SparseRewards(table, rewards);
            wire.SparseTransitions = SparseTransitions(table, transitions);
        }
        else
        {
            double[] paid = new double[players * states * table.JointActionCount];
            for (int p = 0; p < players; p++) table.Rewards(p).CopyTo(paid.AsSpan(p * table.Rewards(p).Length));
            wire.Rewards = Tensors.Write(paid, rewards);
            wire.Transitions = Tensors.Write(DenseTransitions(table), transitions);
        }

        if (table.Horizon is { } horizon) wire.Horizon = horizon;
        else wire.Discount = table.Discount;
        if (table.HasTerminalRewards)
            wire.TerminalRewards = Tensors.Write(Enumerable.Range(0, players).SelectMany(p => table.TerminalRewards(p).ToArray()).ToArray(), players, states);
        WriteNames(table, wire);
        return wire;
    }

    private static void WriteNames(StochasticGame table, Proto.TabularGame wire)
    {
        wire.Players.AddRange(table.Players);
        wire.States.AddRange(table.StateLabels);
        for (int p = 0; p < table.PlayerCount; p++)
        {
            var labels = new Proto.ActionLabels();
            labels.Labels.AddRange(table.ActionLabels[p]);
            wire.Actions.Add(labels);
            if (!table.HasIllegalActions) continue;
            bool[] legal = [.. Enumerable.Range(0, table.StateCount).SelectMany(s => table.LegalActions(p, s).ToArray())];
            wire.LegalActions.Add(Tensors.WriteFlags(legal, table.StateCount, table.ActionCounts[p]));
        }
    }

    private static double[] DenseTransitions(StochasticGame table)
    {
        int rows = table.StateCount * table.JointActionCount;
        double[] dense = new double[(long)rows * table.StateCount];
        for (int row = 0; row < rows; row++)
            for (int i = table.RowStarts[row]; i < table.RowStarts[row + 1]; i++)
                dense[((long)row * table.StateCount) + table.NextStates[i]] = table.Probabilities[i];
        return dense;
    }

    private static Proto.SparseTensor SparseRewards(StochasticGame table, int[] shape)
    {
        List<int> indices = [];
        List<double> values = [];
        for (int p = 0; p < table.PlayerCount; p++)
            for (int row = 0; row < table.Rewards(p).Length; row++)
            {
                if (table.Rewards(p)[row] == 0) continue;
                indices.Add(p);
                AddRow(table, row, indices);
                values.Add(table.Rewards(p)[row]);
            }

        return Sparse(shape, indices, values);
    }

    private static Proto.SparseTensor SparseTransitions(StochasticGame table, int[] shape)
    {
        List<int> indices = new(table.TransitionCount * shape.Length);
        for (int row = 0; row < table.StateCount * table.JointActionCount; row++)
            for (int i = table.RowStarts[row]; i < table.RowStarts[row + 1]; i++)
            {
                AddRow(table, row, indices);
                indices.Add(table.NextStates[i]);
            }

        return Sparse(shape, indices, [.. table.Probabilities]);
    }

    private static void AddRow(StochasticGame table, int row, List<int> indices)
    {
        var (state, joint) = Math.DivRem(row, table.JointActionCount);
        indices.Add(state);
        for (int p = 0; p < table.PlayerCount; p++) indices.Add(table.ActionOf(p, joint));
    }

    private static Proto.SparseTensor Sparse(int[] shape, List<int> indices, List<double> values)
    {
        var wire = new Proto.SparseTensor
        {
            Indices = Tensors.WriteWhole(CollectionsMarshal.AsSpan(indices), values.Count, shape.Length),
            Values = Tensors.Write(CollectionsMarshal.AsSpan(values), values.Count),
        };
        foreach (int extent in shape) wire.Shape.Add(extent);
        return wire;
    }
}
